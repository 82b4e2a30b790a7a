package eu.sinusnode.server.therapy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** Reads each record once, and gives the same again. */
final class ReadOnce implements Readable {

    private final Readable source;
    private final Map<String, Optional<? extends Resource>> read = new HashMap<>();

    ReadOnce(Readable source) {
        this.source = source;
    }

    @Override
    public <T extends Resource> Optional<T> readIfOpen(Class<T> type, String path) {
        return read.computeIfAbsent(path, asked -> source.readIfOpen(type, asked))
                .filter(type::isInstance)
                .map(type::cast);
    }
}
