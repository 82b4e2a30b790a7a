package eu.sinusnode.server.therapy;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** Where the records that a plan names are read from. */
interface Readable {

    /**
     * @param path {@code Type/[id]}, or the placeholder of a record that is yet to be stored
     * @return empty when the caller may not read it, or there is none
     */
    <T extends Resource> Optional<T> readIfOpen(Class<T> type, String path);
}
