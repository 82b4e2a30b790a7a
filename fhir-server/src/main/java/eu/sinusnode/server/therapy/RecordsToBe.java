package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.RequestedWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The records as they will be once a request has been stored: what it writes, and what is there beside.
 *
 * @param written by path, and by placeholder if they have one; what is deleted is empty
 */
record RecordsToBe(Map<String, Optional<Resource>> written, Readable stored) implements Readable {

    static RecordsToBe of(List<RequestedWrite> writes, Readable stored) {
        Map<String, Optional<Resource>> written = new LinkedHashMap<>();
        for (RequestedWrite write : writes) {
            Resource named = write.resource().copy();
            named.setId(new IdType(path(write)));
            Optional<Resource> then = write.interaction() == Interaction.DELETE ? Optional.empty() : Optional.of(named);
            written.put(path(write), then);
            if (write.placeholder() != null) {
                written.put(write.placeholder(), then);
            }
        }
        return new RecordsToBe(written, stored);
    }

    /** What a finding calls it; the server gives a new one its id later. */
    static String path(RequestedWrite write) {
        if (write.id() != null) {
            return write.path();
        }
        return write.resourceType() + "/new" + (write.entry() < 0 ? "" : "-" + write.entry());
    }

    @Override
    public <T extends Resource> Optional<T> readIfOpen(Class<T> type, String path) {
        return written.containsKey(path)
                ? written.get(path).filter(type::isInstance).map(type::cast)
                : stored.readIfOpen(type, path);
    }

    Set<String> paths() {
        return written.keySet();
    }

    <T extends Resource> Stream<T> all(Class<T> type) {
        return written.values().stream()
                .flatMap(Optional::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .distinct();
    }
}
