package eu.sinusnode.server.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A line of {@code rest-features.csv}.
 *
 * @param id the page and the place on it, e.g. {@code search.html#_has}
 * @param text what it is, in a few words
 * @param open whether the server does it
 * @param remark why not, for what is closed; what to know, for what is open
 */
record RestFeature(String id, String text, boolean open, String remark) {

    static List<RestFeature> all() {
        try (InputStream file = Objects.requireNonNull(RestFeature.class.getResourceAsStream("/rest-features.csv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .map(RestFeature::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RestFeature read(String line) {
        String[] cells = line.split(";", 4);
        if (cells.length != 4 || !cells[2].matches("yes|no")) {
            throw new IllegalStateException("Not of the form id;text;yes or no;remark: " + line);
        }
        return new RestFeature(cells[0], cells[1], cells[2].equals("yes"), cells[3]);
    }

    String page() {
        return id.substring(0, id.indexOf('#'));
    }
}
