package eu.sinusnode.policy.validation.form;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The parser is the oracle: what has no fault, and what the parser takes, comes out of it as it went in. Seeded; each round
 * damages one of the project's own examples in up to three places.
 */
class NothingIsLostTest {

    private static final int ROUNDS = 30_000;
    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final BodyForm FORM = new BodyForm(CONTEXT);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private final Random random = new Random(20_261_126);

    @Test
    void whatHasNoFaultComesOutAsItWentIn() throws IOException {
        List<JsonNode> examples = examples();
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode sent = (ObjectNode) any(examples).deepCopy();
            for (int wound = random.nextInt(3); wound >= 0; wound--) {
                wound(sent, examples);
            }
            String text = sent.toString();
            if (!FORM.ofJson(text).isEmpty()) {
                refused++;
                continue;
            }
            IBaseResource parsed = parsed(text);
            if (parsed != null) {
                taken++;
                String read = CONTEXT.newJsonParser()
                        .setStripVersionsFromReferences(false)
                        .encodeResourceToString(parsed);
                assertThat(JSON.readTree(read)).as("round " + round).isEqualTo(JSON.readTree(text));
            }
        }
        assertThat(taken).as("taken").isGreaterThan(ROUNDS / 30);
        assertThat(refused).as("refused").isGreaterThan(ROUNDS / 5);
    }

    private static @Nullable IBaseResource parsed(String text) {
        try {
            return CONTEXT.newJsonParser().parseResource(text);
        } catch (DataFormatException | NullPointerException | ClassCastException | IllegalArgumentException refused) {
            return null;
        }
    }

    private void wound(ObjectNode root, List<JsonNode> examples) {
        List<JsonNode> inner = new ArrayList<>();
        gather(root, inner);
        JsonNode place = any(inner);
        if (place instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), value(examples));
        } else if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "id" : any(names);
            switch (random.nextInt(7)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("_" + name, value(examples));
                case 2 -> object.set(name + "x", value(examples));
                case 3 ->
                    object.set(name, NODES.arrayNode().add(object.path(name).deepCopy()));
                case 4 ->
                    object.set(any(List.of("id", "extension", "modifierExtension", "contained")), value(examples));
                case 5 -> object.setAll((ObjectNode) donor(examples).deepCopy());
                default -> object.set(name, value(examples));
            }
        }
    }

    /** Often a value that stands somewhere in an example, so that it fits now and then. */
    private JsonNode value(List<JsonNode> examples) {
        List<Supplier<JsonNode>> odd = List.of(
                NODES::nullNode,
                () -> NODES.booleanNode(random.nextBoolean()),
                () -> NODES.numberNode(random.nextInt(100)),
                () -> NODES.numberNode(new BigDecimal(any(List.of("1.50", "-0.0", "1E+3", "0.000000000000001")))),
                NODES::arrayNode,
                NODES::objectNode,
                () -> NODES.textNode(any(List.of("", " ", "x", " x ", "é🫀", "\u0000", "2026", "#a", "a\tb\r\nc"))));
        return random.nextInt(3) == 0
                ? any(odd).get()
                : any(children(donor(examples))).deepCopy();
    }

    /** Some object of some example. */
    private JsonNode donor(List<JsonNode> examples) {
        List<JsonNode> inner = new ArrayList<>();
        gather(any(examples), inner);
        inner.removeIf(node -> !node.isObject() || node.isEmpty());
        return any(inner);
    }

    private static List<JsonNode> children(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        return children;
    }

    private static void gather(JsonNode node, List<JsonNode> inner) {
        if (node.isContainerNode()) {
            inner.add(node);
            node.forEach(child -> gather(child, inner));
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<JsonNode> examples() throws IOException {
        List<JsonNode> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("..", "profiles", "examples", "valid"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                examples.add(JSON.readTree(file.toFile()));
            }
        }
        return examples;
    }
}
