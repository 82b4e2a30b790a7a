package eu.sinusnode.launcher.home;

import eu.sinusnode.launcher.Trouble;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built programs of the repository, as class paths for child processes.
 *
 * @param repository the checked-out project
 */
public record Programs(Path repository) {

    /**
     * The jar of a runnable module and the folder of what it needs.
     *
     * @throws Trouble when the module has not been built
     */
    public String classPath(String module) {
        Path jar = jar(module);
        Path libraries = target(module).resolve("lib");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            throw new Trouble(
                    "The module " + module + " has not been built (" + jar + " is not there).",
                    "Run ./sinusnode, which builds what it needs, or mvn package.");
        }
        return jar + File.pathSeparator + libraries + File.separator + "*";
    }

    /** The jars that {@link #classPath} names, those of the folder by name. */
    public List<Path> jars(String module) {
        try (Stream<Path> libraries = Files.list(target(module).resolve("lib"))) {
            return Stream.concat(Stream.of(jar(module)), libraries.sorted()).toList();
        } catch (IOException e) {
            throw new Trouble("The module " + module + " has not been built.", "Run ./sinusnode or mvn package.", e);
        }
    }

    /** A short word that changes when the module is built anew. */
    public String build(String module) {
        try {
            return Long.toString(Files.getLastModifiedTime(jar(module)).toMillis(), 36);
        } catch (IOException e) {
            throw new Trouble("The module " + module + " has not been built.", "Run ./sinusnode or mvn package.", e);
        }
    }

    private Path jar(String module) {
        return target(module).resolve("sinusnode-" + module + ".jar");
    }

    private Path target(String module) {
        return repository.resolve(module).resolve("target");
    }
}
