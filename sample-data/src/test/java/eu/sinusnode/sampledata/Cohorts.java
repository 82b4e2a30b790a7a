package eu.sinusnode.sampledata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Generates and reads cohorts for tests. */
final class Cohorts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Cohorts() {}

    static CohortFiles generate(CohortSpec spec, Path directory) {
        try {
            new CohortGenerator(spec).writeTo(directory, Progress.SILENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CohortFiles(directory);
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resources of every bundle in the order in which they would be sent. */
    static Stream<JsonNode> resources(CohortFiles files) {
        return files.sortedBundles().stream().flatMap(Cohorts::resources);
    }

    static Stream<JsonNode> resources(Path bundle) {
        return stream(read(bundle).get("entry")).map(entry -> entry.get("resource"));
    }

    static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes.stream();
    }

    /** SHA-256 of every file below the directory, by its relative name. */
    static Map<String, String> hashes(Path directory) {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                hashes.put(directory.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return hashes;
    }

    static String name(JsonNode resource) {
        return resource.get("resourceType").asText() + "/" + resource.get("id").asText();
    }

    /** Every reference, and every attachment's url, however deep. */
    static List<String> references(JsonNode resource) {
        List<String> references = new ArrayList<>();
        for (JsonNode reference : resource.findValues("reference")) {
            // In a Consent, provision.actor.reference is a Reference, which has an element of the same name.
            references.add(
                    reference.isTextual()
                            ? reference.asText()
                            : reference.get("reference").asText());
        }
        for (JsonNode attachment : resource.findValues("attachment")) {
            references.add(attachment.get("url").asText());
        }
        return references;
    }
}
