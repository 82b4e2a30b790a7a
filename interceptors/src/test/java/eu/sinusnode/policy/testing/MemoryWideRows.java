package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.WideSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** What the providers hold, by numbers that are given when a record is found first. */
public final class MemoryWideRows implements WideRows {

    private final Map<String, MemoryProvider<?>> providers;
    private final List<String> known = new ArrayList<>();

    public MemoryWideRows(Map<String, MemoryProvider<?>> providers) {
        this.providers = providers;
    }

    @Override
    public List<Long> first(WideSearch search, int most) {
        return provider(search.resourceType()).found(search.conditions()).stream()
                .map(MemorySearch::path)
                .sorted()
                .map(this::row)
                .limit(most)
                .toList();
    }

    /** The widest that may be. */
    @Override
    public List<Long> permitted(List<Long> rows, String resourceType, Caller caller, Instant at) {
        return rows;
    }

    @Override
    public Map<Long, Resource> records(List<Long> rows) {
        Map<Long, Resource> records = new HashMap<>();
        for (Long row : rows) {
            String[] path = known.get(row.intValue()).split("/");
            provider(path[0]).current(path[1]).ifPresent(record -> records.put(row, record));
        }
        return records;
    }

    @Override
    public Map<Long, Set<String>> references(
            List<Long> rows, String resourceType, String parameter, String targetType) {
        Map<Long, Set<String>> references = new LinkedHashMap<>();
        Map<Long, Resource> records = records(rows);
        for (Long row : rows) {
            Set<String> named = MemorySearch.references(Objects.requireNonNull(records.get(row)), targetType);
            if (!named.isEmpty()) {
                references.put(row, named);
            }
        }
        return references;
    }

    private MemoryProvider<?> provider(String type) {
        return Objects.requireNonNull(providers.get(type));
    }

    private Long row(String path) {
        if (!known.contains(path)) {
            known.add(path);
        }
        return (long) known.indexOf(path);
    }
}
