package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The transaction Bundles that belong together and are sent one after the other: a patient's, or the base. */
record PatientBundles(List<Path> files) {

    private static final ObjectMapper JSON = new ObjectMapper();

    PatientBundles {
        files = List.copyOf(files);
    }

    /** SHA-256 over names and contents, in hexadecimal. */
    String hash() {
        MessageDigest digest = sha256();
        for (Path file : files) {
            digest.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(read(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Sends all of them. What stands in two Bundles, as late arrivals do, is counted once.
     *
     * @param sent told after each Bundle
     * @return what the server has confirmed
     */
    LoadFigures sendWith(BundleSender sender, Runnable sent) {
        Set<String> patients = new HashSet<>();
        Set<String> vitals = new HashSet<>();
        Set<String> carePlans = new HashSet<>();
        Set<String> resources = new HashSet<>();
        long created = 0;
        for (Path file : files) {
            byte[] body = read(file);
            JsonNode entries = parse(body).path("entry");
            created += sender.send(file, body, entries.size());
            sent.run();
            for (JsonNode entry : entries) {
                String id = entry.path("request").path("url").asText();
                JsonNode resource = entry.path("resource");
                resources.add(id);
                switch (resource.path("resourceType").asText()) {
                    case "Patient" -> patients.add(id);
                    case "CarePlan" -> carePlans.add(id);
                    case "Observation" -> addVital(vitals, id, resource);
                    default -> {}
                }
            }
        }
        return new LoadFigures(patients.size(), vitals.size(), carePlans.size(), resources.size(), created);
    }

    private static void addVital(Set<String> vitals, String id, JsonNode observation) {
        if (observation.path("category").findValuesAsText("code").contains("vital-signs")) {
            vitals.add(id);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle " + file + " cannot be read.", e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
