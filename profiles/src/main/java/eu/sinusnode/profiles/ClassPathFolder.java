package eu.sinusnode.profiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A folder of resources that this module ships.
 *
 * @param path ends with a slash; the folder's file {@code index.txt} names every other file, one a line
 */
record ClassPathFolder(String path) {

    List<String> index() {
        return read("index.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    /** @throws IllegalStateException when the file is missing */
    String read(String file) {
        InputStream stream = ClassPathFolder.class.getClassLoader().getResourceAsStream(path + file);
        if (stream == null) {
            throw new IllegalStateException("The file " + path + file + " is missing on the class path");
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + file + " cannot be read", e);
        }
    }
}
