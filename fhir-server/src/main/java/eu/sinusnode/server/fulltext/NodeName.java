package eu.sinusnode.server.fulltext;

import eu.sinusnode.server.keys.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The name by which a node reports on its own index: made once, kept in the directory of the index. */
final class NodeName {

    private NodeName() {}

    static String of(Path directory) {
        Path file = directory.resolve("node");
        try {
            PrivateFiles.createDirectories(directory);
            if (!Files.exists(file)) {
                PrivateFiles.write(file, "node-" + UUID.randomUUID());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the full-text index cannot be used.", e);
        }
    }
}
