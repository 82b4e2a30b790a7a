package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.process.ChildCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The classes of a program, read and laid out once, which each start maps into memory (the JVM's class-data sharing). The
 * first run of a build lists what it loads; {@link #make} lays that out in a process of its own, since a JVM that does so
 * while it serves may fall: Java 17 did (ADR 77). The file's name tells Java's version and every jar it was made of, so
 * that none is used for others; the JVM looks at the jars once more, and goes without a file that does not fit.
 *
 * @param file {@code classes-….jsa} beside the program's jar
 * @param jars of the class path
 * @param classPath of the program, as it is run
 */
record ClassArchive(Path file, List<Path> jars, String classPath) {

    private static final String PREFIX = "classes-";
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.+)\\.class");

    static ClassArchive of(Programs programs, String module) {
        return of(programs.jars(module), programs.classPath(module));
    }

    /** @param jars of the class path, the program's own first; the file is beside that one */
    static ClassArchive of(List<Path> jars, String classPath) {
        StringBuilder made = new StringBuilder(System.getProperty("java.vm.version", ""));
        try {
            for (Path jar : jars) {
                made.append('\n')
                        .append(jar)
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar).toMillis());
            }
        } catch (IOException e) {
            throw new Trouble("The program's jars cannot be read (" + e.getMessage() + ").", "Run ./sinusnode.", e);
        }
        Path file = jars.get(0).resolveSibling(PREFIX + hash(made.toString()) + ".jsa");
        return new ClassArchive(file, jars, classPath);
    }

    /** Options of the JVM: to use the file, or, where there is none yet, to list what it is made of. */
    List<String> options() {
        return Files.isRegularFile(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off")
                : List.of("-XX:DumpLoadedClassList=" + list());
    }

    /**
     * Makes the file of what a run has listed that is over; it takes some seconds. Nothing is done when the file is there,
     * or when there is no list of these jars. Without the file the next start is slower and nothing else, so that what
     * stands in the way is no fault.
     *
     * @return whether the file was made
     */
    boolean make() {
        if (Files.exists(file) || !Files.isRegularFile(list())) {
            return false;
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        List<String> command = List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list(),
                "-XX:SharedArchiveFile=" + draft,
                "-Xlog:disable",
                "-cp",
                classPath);
        try {
            shorten();
            int exitCode = new ChildCommand(command, folder(), Map.of())
                    .run(line -> {})
                    .exitCode();
            if (exitCode != 0) {
                Files.deleteIfExists(draft);
                Files.deleteIfExists(list());
                return false;
            }
            deleteOthers(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException | Trouble e) {
            return false;
        }
    }

    /**
     * Leaves out of the list what Java 17 falls over (ADR 77): lambdas, when it lays them out, and classes of which a jar
     * has versions by Java's release, when an agent or a recording looks at them as they are loaded.
     */
    private void shorten() throws IOException {
        Set<String> versioned = new HashSet<>();
        for (Path jar : jars) {
            try (ZipFile content = new ZipFile(jar.toFile())) {
                content.stream()
                        .map(entry -> VERSIONED.matcher(entry.getName()))
                        .filter(Matcher::matches)
                        .forEach(entry -> versioned.add(entry.group(1)));
            }
        }
        List<String> lines = Files.readAllLines(list()).stream()
                .filter(line -> !line.startsWith("@"))
                .filter(line -> !versioned.contains(line.split(" ", 2)[0]))
                .toList();
        Files.write(list(), lines);
    }

    /** Of earlier builds, and the list. */
    private void deleteOthers(Path draft) throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            for (Path other : files.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .filter(path -> !path.equals(draft))
                    .toList()) {
                Files.delete(other);
            }
        }
    }

    private Path list() {
        return file.resolveSibling(file.getFileName() + ".list");
    }

    private Path folder() {
        return file.toAbsolutePath().resolve("..").normalize();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
