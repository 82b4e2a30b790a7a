package eu.sinusnode.server.fulltext.table;

import java.util.List;
import java.util.UUID;

/**
 * The words of one record.
 *
 * @param language {@code de}, {@code en}, or {@code -} for none or another
 * @param patients whose record it is
 * @param limits {@code parameter=value}: how searches for it may be limited
 * @param narrative words of the narrative
 * @param content words of all other text
 * @param gone there is nothing to be found any more
 * @param forgotten the words were erased, not only taken out
 */
public record TextRow(
        String resourceType,
        UUID resource,
        int version,
        String language,
        List<UUID> patients,
        List<String> limits,
        String narrative,
        String content,
        boolean gone,
        boolean forgotten) {
    public TextRow {
        patients = List.copyOf(patients);
        limits = List.copyOf(limits);
    }

    static TextRow gone(String resourceType, UUID resource, int version) {
        return new TextRow(resourceType, resource, version, "-", List.of(), List.of(), "", "", true, false);
    }

    /** {@code Type/id} */
    public String path() {
        return resourceType + "/" + resource;
    }
}
