package eu.sinusnode.analysis.manifest;

import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.model.WekaRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which program scores: a hash of the compiled classes that a result depends on, and Weka's version. */
public final class ScoringCode {

    private static final String BASE = "eu/sinusnode/analysis/";
    /** Everything between the readings and the result. */
    private static final List<String> PACKAGES =
            List.of("facts", "feature", "model", "quality", "reading", "rhythm", "risk", "score");

    private static final String SHA256 = compute();

    private ScoringCode() {}

    /** Lower-case hexadecimal; the same for the same sources and compiler. */
    public static String sha256() {
        return SHA256;
    }

    private static String compute() {
        try {
            Path program = Path.of(ScoringCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(program)) {
                return hash(program);
            }
            try (FileSystem archive = FileSystems.newFileSystem(program)) {
                return hash(archive.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program cannot read its own classes", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program does not know where its classes lie", e);
        }
    }

    private static String hash(Path root) throws IOException {
        StringBuilder lines =
                new StringBuilder("weka ").append(WekaRuntime.version()).append('\n');
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.walk(root.resolve(BASE + name))) {
                for (Path file : files.filter(one -> one.toString().endsWith(".class"))
                        .sorted((one, other) -> one.toString().compareTo(other.toString()))
                        .toList()) {
                    lines.append(name)
                            .append('/')
                            .append(file.getFileName())
                            .append(' ')
                            .append(ModelFiles.sha256(Files.readAllBytes(file)))
                            .append('\n');
                }
            }
        }
        return ModelFiles.sha256(lines.toString());
    }
}
