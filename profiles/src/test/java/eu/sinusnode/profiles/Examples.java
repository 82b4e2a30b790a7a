package eu.sinusnode.profiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of {@code profiles/examples}: what is accepted, and what is refused and why. */
final class Examples {

    private static final String EXPECTED = ".expected.json";
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "examples");

    /**
     * A resource that must be refused.
     *
     * @param name file name without ending
     * @param json the resource
     * @param expected the content of the file {@code <name>.expected.json}
     */
    record Invalid(String name, String json, String expected) {}

    private Examples() {}

    static String valid(String name) {
        return read(ROOT.resolve("valid").resolve(name + ".json"));
    }

    /** Every invalid example whose name starts with that of the valid one, and with that of no other that is longer. */
    static List<Invalid> invalid(String name) {
        Path folder = ROOT.resolve("invalid");
        return names(folder).stream()
                .filter(file -> !file.endsWith(EXPECTED) && validNameOf(file).equals(Optional.of(name)))
                .map(file -> file.substring(0, file.length() - ".json".length()))
                .map(each ->
                        new Invalid(each, read(folder.resolve(each + ".json")), read(folder.resolve(each + EXPECTED))))
                .toList();
    }

    private static Optional<String> validNameOf(String file) {
        return validNames().stream()
                .filter(name -> file.startsWith(name + "-"))
                .max(Comparator.comparingInt(String::length));
    }

    static List<String> validNames() {
        return names(ROOT.resolve("valid")).stream()
                .map(file -> file.replace(".json", ""))
                .toList();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
