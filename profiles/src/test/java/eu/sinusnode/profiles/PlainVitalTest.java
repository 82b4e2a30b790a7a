package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised without the validator is what the validator accepts: the validator is the oracle here. */
class PlainVitalTest {

    /** The only parts that may be added to a plain vital sign and leave it plain. */
    private static final List<String> FREE =
            List.of("Observation.id", "Observation.code.coding.display", "Observation.component.code.coding.display");

    @ParameterizedTest
    @ValueSource(strings = {"blood-pressure", "heart-rate", "body-weight"})
    void whatDevicesSendIsPlain(String example) {
        assertThat(PlainVital.isPlain(vital(Examples.valid(example)))).isTrue();
        assertThat(errors(vital(Examples.valid(example)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"blood-pressure, true", "heart-rate, false"})
    void profileNamedBySenderMayBeTheImposedOneAlone(String named, boolean plain) {
        Observation pressure = vital(Examples.valid("blood-pressure"));
        pressure.getMeta().addProfile(Canonicals.BASE + "/StructureDefinition/sinusnode-" + named);
        assertThat(PlainVital.isPlain(pressure)).isEqualTo(plain);
    }

    /** Adds to every element each part that R4 has for it: a part forgotten by the recogniser would show. */
    @ParameterizedTest
    @ValueSource(strings = {"blood-pressure", "heart-rate"})
    void anyFurtherPartIsLeftToTheValidator(String example) {
        TreeSet<String> free = new TreeSet<>();
        int added = 0;
        int nodes = walk(vital(Examples.valid(example))).size();
        for (int node = 0; node < nodes; node++) {
            Node original = walk(vital(Examples.valid(example))).get(node);
            for (BaseRuntimeChildDefinition child : children(original.element())) {
                for (String name : child.getValidChildNames()) {
                    Observation changed = vital(Examples.valid(example));
                    Node target = walk(changed).get(node);
                    if (add(target.element(), child, name)) {
                        added++;
                        if (PlainVital.isPlain(changed)) {
                            free.add(target.path() + "." + name);
                            assertThat(errors(changed)).isEmpty();
                        }
                    }
                }
            }
        }
        assertThat(added).isGreaterThan(60);
        assertThat(FREE).containsAll(free);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blood-pressure", "heart-rate"})
    void extensionOrElementIdAnywhereIsLeftToTheValidator(String example) {
        int nodes = walk(vital(Examples.valid(example))).size();
        for (int node = 1; node < nodes; node++) {
            Observation extended = vital(Examples.valid(example));
            Node target = walk(extended).get(node);
            ((Element) target.element()).addExtension("https://x.example/e", new StringType("e"));
            assertThat(PlainVital.isPlain(extended)).as(target.path()).isFalse();

            if (target.path().equals("Observation.id")) {
                continue; // has no element id: its id is that of the resource
            }
            Observation named = vital(Examples.valid(example));
            ((Element) walk(named).get(node).element()).setId("e1");
            assertThat(PlainVital.isPlain(named)).as(target.path()).isFalse();
        }
        assertThat(nodes).isGreaterThan(25);
    }

    @Test
    void containedResourceIsLeftToTheValidator() {
        Observation rate = vital(Examples.valid("heart-rate"));
        rate.addContained(new Patient());
        assertThat(PlainVital.isPlain(rate)).isFalse();
    }

    @Test
    void modifierExtensionIsLeftToTheValidator() {
        Observation pressure = vital(Examples.valid("blood-pressure"));
        pressure.addModifierExtension().setUrl("https://x.example/m").setValue(new StringType("m"));
        assertThat(PlainVital.isPlain(pressure)).isFalse();
        Observation component = vital(Examples.valid("blood-pressure"));
        component
                .getComponent()
                .get(1)
                .addModifierExtension()
                .setUrl("https://x.example/m")
                .setValue(new StringType("m"));
        assertThat(PlainVital.isPlain(component)).isFalse();
    }

    /** Each value replaced by many others, good and bad: plain may only be what the validator finds no error in. */
    @Test
    void plainIsOnlyWhatTheValidatorAccepts() {
        Random random = new Random(20260504);
        int plain = 0;
        int refused = 0;
        for (int i = 0; i < 900; i++) {
            String json = Examples.valid(
                    List.of("blood-pressure", "heart-rate", "body-weight").get(i % 3));
            for (int change = random.nextInt(3); change >= 0; change--) {
                json = replaced(json, random);
            }
            Observation vital;
            try {
                vital = vital(json);
            } catch (DataFormatException refusedByTheParser) {
                continue;
            }
            boolean accepted = errors(vital).isEmpty();
            if (PlainVital.isPlain(vital)) {
                plain++;
                assertThat(accepted).as(json).isTrue();
            }
            refused += accepted ? 0 : 1;
        }
        assertThat(plain).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static final String[][] REPLACEMENTS = {
        {
            "\"value\": [0-9.]+",
            "\"value\": 19.9",
            "\"value\": 20",
            "\"value\": 300",
            "\"value\": 300.1",
            "\"value\": 85.75",
            "\"value\": -60",
            "\"value\": 401",
            "\"value\": 1e2",
            "\"value\": 60.0000000001",
            "\"value\": 45"
        },
        {
            "\"code\": \"(mm\\[Hg\\]|/min|kg)\"",
            "\"code\": \"kPa\"",
            "\"code\": \"g\"",
            "\"code\": \"[lb_av]\"",
            "\"code\": \"1/min\"",
            "\"code\": \"kg\"",
            "\"code\": \"mm[Hg]\"",
            "\"code\": \"/min\""
        },
        {
            "\"unit\": \"[^\"]*\"",
            "\"unit\": \"pro Minute\"",
            "\"unit\": \" x\"",
            "\"unit\": \"\\u00b5g\"",
            "\"unit\": \"<b>kg</b>\"",
            "\"unit\": \"beats/min\""
        },
        {
            "\"effectiveDateTime\": \"[^\"]*\"",
            "\"effectiveDateTime\": \"2026-02-30T10:00:00Z\"",
            "\"effectiveDateTime\": \"2024-02-29T10:00:00+14:00\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00:00.5-03:30\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00Z\"",
            "\"effectiveDateTime\": \"2026-05-04\"",
            "\"effectiveDateTime\": \"1850-05-04T10:00:00Z\"",
            "\"effectiveDateTime\": \"2026-05-04T23:59:60Z\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00:00+13:00\""
        },
        {
            "\"reference\": \"Patient/[^\"]*\"",
            "\"reference\": \"Patient/1\"",
            "\"reference\": \"Group/1\"",
            "\"reference\": \"Patient/a_b\"",
            "\"reference\": \"Patient?identifier=1\"",
            "\"reference\": \"#p\"",
            "\"reference\": \"urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11\"",
            "\"reference\": \"urn:uuid:1\"",
            "\"reference\": \"https://x.example/fhir/Patient/1\"",
            "\"reference\": \"Patient/1/_history/2\""
        },
        {
            "\"reference\": \"Device/[^\"]*\"",
            "\"reference\": \"Device/1\"",
            "\"reference\": \"Patient/1\"",
            "\"reference\": \"Device/\"",
            "\"reference\": \"DeviceMetric/1\""
        },
        {"\"valueCode\": \"home\"", "\"valueCode\": \"office\"", "\"valueCode\": \"car\"", "\"valueString\": \"home\""},
        {
            "\"status\": \"final\"",
            "\"status\": \"amended\"",
            "\"status\": \"entered-in-error\"",
            "\"status\": \"unknown\""
        },
        {"\"code\": \"vital-signs\"", "\"code\": \"survey\"", "\"code\": \"vital-sign\""},
        {"\"code\": \"8480-6\"", "\"code\": \"8462-4\"", "\"code\": \"8478-0\""},
        {"\"code\": \"8462-4\"", "\"code\": \"8480-6\"", "\"code\": \"8462-5\""},
        {"\"system\": \"https://sinusnode.eu/sid/vital\"", "\"system\": \"urn:ietf:rfc:3986\"", "\"system\": \"vital\""
        },
        {"\"(bp|hr|bw)-0001\"", "\"x\"", "\"a b\"", "\" a\"", "\"\\u00fc\"", "\"a&b\""},
    };

    private static String replaced(String json, Random random) {
        String[] replacement = REPLACEMENTS[random.nextInt(REPLACEMENTS.length)];
        String with = replacement[1 + random.nextInt(replacement.length - 1)];
        return json.replaceFirst(replacement[0], java.util.regex.Matcher.quoteReplacement(with));
    }

    private record Node(String path, IBase element) {}

    /** The resource and all that is below it, always in the same order. */
    private static List<Node> walk(Observation vital) {
        List<Node> nodes = new ArrayList<>();
        walk(new Node("Observation", vital), nodes);
        return nodes;
    }

    private static void walk(Node node, List<Node> nodes) {
        nodes.add(node);
        for (BaseRuntimeChildDefinition child : children(node.element())) {
            for (IBase value : child.getAccessor().getValues(node.element())) {
                walk(new Node(node.path() + "." + child.getElementName(), value), nodes);
            }
        }
    }

    private static List<BaseRuntimeChildDefinition> children(IBase element) {
        BaseRuntimeElementDefinition<?> definition = definition(element);
        return definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildren()
                : List.of();
    }

    private static BaseRuntimeElementDefinition<?> definition(IBase element) {
        return element instanceof Observation
                ? SharedValidator.FHIR.getResourceDefinition("Observation")
                : SharedValidator.FHIR.getElementDefinition(element.getClass());
    }

    private static boolean add(IBase parent, BaseRuntimeChildDefinition child, String name) {
        boolean ownTest = name.equals("contained") || child instanceof RuntimeChildExtension;
        if (ownTest
                || (child.getMax() == 1
                        && !child.getAccessor().getValues(parent).isEmpty())) {
            return false;
        }
        IBase value = child.getChildByName(name).newInstance(child.getInstanceConstructorArguments());
        assertThat(fill(value, 0) && !value.isEmpty()).as("content for " + name).isTrue();
        child.getMutator().addValue(parent, value);
        return true;
    }

    /** Gives the element some content, so that it counts as present. */
    private static boolean fill(IBase value, int depth) {
        if (value instanceof IPrimitiveType<?> primitive) {
            return fill(primitive);
        }
        if (value instanceof IBaseReference reference) {
            reference.setReference("Device/1");
            return true;
        }
        for (BaseRuntimeChildDefinition child : children(value)) {
            String name = child.getValidChildNames().iterator().next();
            if (depth < 3 && !(child instanceof RuntimeChildExtension)) {
                IBase inner = child.getChildByName(name).newInstance(child.getInstanceConstructorArguments());
                if (fill(inner, depth + 1)) {
                    child.getMutator().addValue(value, inner);
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fill(IPrimitiveType<?> primitive) {
        for (String text : List.of("x1", "true", "1", "2026-05-04", "2026-05-04T10:00:00Z", "final", "official", "<")) {
            try {
                primitive.setValueAsString(text);
                return true;
            } catch (DataFormatException | IllegalArgumentException notOfThisType) {
                primitive.setValueAsString(null);
            }
        }
        return false;
    }

    private static List<ValidationIssue> errors(Observation vital) {
        return SharedValidator.VALIDATOR.validate(vital, ImposedProfiles.of(vital)).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }

    private static Observation vital(String json) {
        return (Observation) SharedValidator.parse(json);
    }
}
