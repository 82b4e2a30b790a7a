package eu.sinusnode.therapy.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The sentences of programmes that ship, and of what is not computable, in another language. A sentence that somebody wrote or changed in a
 * plan is none of them, and stays as it is: nobody's own words are replaced.
 */
final class Translations {

    private static final String BETWEEN = ". ";

    private final Map<String, String> sentences;

    private Translations(Map<String, String> sentences) {
        this.sentences = sentences;
    }

    static Translations none() {
        return new Translations(Map.of());
    }

    /** A line each: the English sentence, a tab, the German one. */
    static Translations german() {
        Map<String, String> sentences = new HashMap<>();
        lines("programmes-de.txt").stream().filter(line -> !line.isBlank()).forEach(line -> {
            String[] both = line.split("\t", 2);
            sentences.put(both[0], both[1]);
        });
        return new Translations(sentences);
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** Of one sentence, or of a title with a description behind it, as plans write them. */
    Optional<String> of(String text) {
        String known = sentences.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        for (int at = text.indexOf(BETWEEN); at > 0; at = text.indexOf(BETWEEN, at + 1)) {
            String title = sentences.get(text.substring(0, at));
            String rest = sentences.get(text.substring(at + BETWEEN.length()));
            if (title != null && rest != null) {
                return Optional.of(title + BETWEEN + rest);
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(String file) {
        try (InputStream stream = Objects.requireNonNull(Translations.class.getResourceAsStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
