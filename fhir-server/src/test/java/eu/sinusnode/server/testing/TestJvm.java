package eu.sinusnode.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The JVM that these tests run in, one of several beside each other, each with a server and a database of its own. */
public final class TestJvm {

    /** {@code jvm-1}, {@code jvm-2}, as Maven numbers them; the first where nobody does. */
    private static final String NAME = System.getProperty("sinusnode.test-jvm", "jvm-1");

    private TestJvm() {}

    /** For what no other JVM may touch: {@code target/jvm-1/<name>}, relative to the module; the caller makes it. */
    public static Path folder(String name) {
        return Path.of("target", NAME, name);
    }

    /** The same, without what an earlier server left in it: the anchors of its audit would not fit a new database. */
    public static Path emptied(String name) {
        Path folder = folder(name);
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
