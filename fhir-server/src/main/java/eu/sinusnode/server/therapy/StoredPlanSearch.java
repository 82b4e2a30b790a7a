package eu.sinusnode.server.therapy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;

/** Finds with the server's own rights: what comes of it carries the labels of all that was found. */
record StoredPlanSearch(RecordSearch search, StoredRecords records, DaoRegistry daos) implements PlanSearch {

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

    @Override
    public <T extends Resource> Optional<List<T>> search(Class<T> type, String query) {
        return Optional.of(find(type, query));
    }

    /** From the newest back to the one that held at that time; behind one that is missing nothing is looked for. */
    @Override
    public <T extends Resource> List<T> versions(Class<T> type, IIdType id, Instant since) {
        Deque<T> versions = new ArrayDeque<>();
        for (long version = id.getVersionIdPartAsLong(); version > 0; version--) {
            T read;
            try {
                read = daos.getResourceDao(type)
                        .read(
                                id.toUnqualifiedVersionless().withVersion(Long.toString(version)),
                                new SystemRequestDetails());
            } catch (ResourceGoneException | ResourceNotFoundException missing) {
                break;
            }
            versions.addFirst(read);
            if (!read.getMeta().getLastUpdated().toInstant().isAfter(since)) {
                break;
            }
        }
        return List.copyOf(versions);
    }
}
