package eu.sinusnode.launcher.cohort;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The transaction Bundles of a cohort, in the order in which their references resolve. */
public record Bundles(List<Path> files) {

    public Bundles {
        files = List.copyOf(files);
    }

    /** @throws Trouble when there are none */
    public static Bundles in(Path cohort) {
        try (Stream<Path> files = Files.list(cohort.resolve("bundles"))) {
            List<Path> sorted = files.filter(f -> f.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (!sorted.isEmpty()) {
                return new Bundles(sorted);
            }
        } catch (IOException e) {
            throw new Trouble("The cohort at " + cohort + " cannot be read.", "Remove the folder; it is made anew.", e);
        }
        throw new Trouble("The cohort at " + cohort + " has no bundles.", "Remove the folder; it is made anew.");
    }

    /** SHA-256 over names and contents, in hexadecimal: the same cohort, the same text. */
    public String hash() {
        MessageDigest digest = sha256();
        for (Path file : files) {
            digest.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(read(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle " + file + " cannot be read.", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
