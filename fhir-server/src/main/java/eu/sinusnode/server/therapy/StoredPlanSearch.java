package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** Finds with the server's own rights: what comes of it carries the labels of all that was found. */
record StoredPlanSearch(RecordSearch search, StoredRecords records) implements PlanSearch {

    private static final String COUNT = "_count";

    @Override
    public <T extends Resource> List<T> find(Class<T> type, String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int most = 0;
        for (String pair : query.split("&", -1)) {
            String[] both = pair.split("=", 2);
            String value = URLDecoder.decode(both[1], StandardCharsets.UTF_8);
            if (both[0].equals(COUNT)) {
                most = Integer.parseInt(value);
            } else if (!both[0].equals("_sort")) {
                parameters.computeIfAbsent(both[0], name -> new ArrayList<>()).add(value);
            }
        }
        String name = type.getSimpleName();
        List<String> paths = search.ids(name, parameters, most).stream()
                .map(id -> name + "/" + id)
                .toList();
        Map<String, Resource> found = records.currentOf(paths);
        return paths.stream()
                .map(found::get)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
