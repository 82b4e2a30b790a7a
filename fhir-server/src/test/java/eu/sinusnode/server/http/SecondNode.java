package eu.sinusnode.server.http;

import eu.sinusnode.server.SinusNodeServer;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.testing.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/** A second server on the database of {@link RunningServer}. */
public final class SecondNode {

    private static final int PORT = TestPostgres.freePort();
    private static final Path FOLDER = TestJvm.folder("two-nodes-it");

    public static final String ORIGIN = "http://127.0.0.1:" + PORT;

    private SecondNode() {}

    /** With the keys and the residency document of the first; its exports, which nodes share by a mount, are not there. */
    public static ConfigurableApplicationContext start() throws IOException {
        Map<String, Object> properties = new HashMap<>();
        RunningServer.properties((name, value) -> properties.put(name, value.get()));
        Path first = (Path) Objects.requireNonNull(properties.get("sinusnode.home"));
        Path home = FOLDER.resolve("home");
        FileSystemUtils.deleteRecursively(home);
        copy(first.resolve("secrets"), home.resolve("secrets"));
        copy(first.resolve("residency"), home.resolve("residency"));
        properties.put("sinusnode.home", home);
        properties.put("server.port", PORT);
        properties.put("sinusnode.base-url", RunningServer.BASE);
        return new SpringApplicationBuilder(SinusNodeServer.class, TestKeys.class)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("second node", properties)))
                .run();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                Path copied = to.resolve(from.relativize(file));
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copied);
                    } else {
                        Files.deleteIfExists(copied);
                        Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                    Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
