package eu.sinusnode.server.roundtrip;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * One example as its publisher wrote it.
 *
 * @param source who published it, e.g. {@code hl7.fhir.uv.ipa 1.0.0}
 * @param name of its file, without the ending
 */
record Example(String source, String name, ObjectNode content) {

    /** Numbers stay as they were written: {@code 1.0} is not {@code 1.00} in FHIR. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    static final String OF_R4 = "HL7, R4";
    static final String OWN = "SinusNode";

    private static final String R4 = "classpath:org/hl7/fhir/testcases/r4/examples/*.json";
    private static final Path PROFILES = Path.of("..", "profiles", "examples", "valid");

    String type() {
        return content.path("resourceType").asText();
    }

    static Stream<Example> ofR4() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(R4)) {
            try (InputStream json = file.getInputStream()) {
                read(OF_R4, String.valueOf(file.getFilename()), json.readAllBytes())
                        .ifPresent(examples::add);
            }
        }
        return sorted(examples);
    }

    static Stream<Example> ofThisProject() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(PROFILES)) {
            for (Path file : files.toList()) {
                read(OWN, file.getFileName().toString(), Files.readAllBytes(file))
                        .ifPresent(examples::add);
            }
        }
        return sorted(examples);
    }

    /** Those of a FHIR package of another publisher. */
    static Stream<Example> of(Path file) {
        try (InputStream archive = Files.newInputStream(file)) {
            NpmPackage npm = NpmPackage.fromPackage(archive);
            String source = npm.name() + " " + npm.version();
            List<Example> examples = new ArrayList<>();
            for (String folder : List.of("example", "examples")) {
                for (String name : npm.list(folder)) {
                    read(source, name, npm.load(folder, name).readAllBytes()).ifPresent(examples::add);
                }
            }
            return sorted(examples);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read.", e);
        }
    }

    /** Empty for what is no resource in JSON, such as the index of a package. */
    private static Optional<Example> read(String source, String file, byte[] json) throws IOException {
        if (!file.endsWith(".json") || file.startsWith(".")) {
            return Optional.empty();
        }
        return Optional.of(JSON.readTree(json))
                .filter(content -> content.path("resourceType").isTextual())
                .map(content -> new Example(source, file.replaceFirst("\\.json$", ""), (ObjectNode) content));
    }

    private static Stream<Example> sorted(List<Example> examples) {
        return examples.stream().sorted(Comparator.comparing(Example::name));
    }
}
