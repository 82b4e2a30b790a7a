package eu.sinusnode.sampledata.people;

import eu.sinusnode.sampledata.chance.Draws;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Words from a resource file, one a line, the most common first; lines that start with # are comments. */
final class WordList {

    private final List<String> words;

    private WordList(List<String> words) {
        this.words = words;
    }

    static WordList named(String name) {
        try (InputStream in = WordList.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("word list " + name + " is missing from the class path");
            }
            return new WordList(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("word list " + name + " cannot be read", e);
        }
    }

    List<String> words() {
        return words;
    }

    /** Early words more often than late ones, as with real names. */
    String draw(Draws draws) {
        double u = draws.uniform();
        return words.get((int) (u * Math.sqrt(u) * words.size()));
    }
}
