package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recognised without the validator is what the validator accepts: the validator is the oracle here. */
class PlainVitalTest {

    /** The only parts that may be added to a plain vital sign and leave it plain. */
    private static final List<String> FREE = List.of(
            "Observation.id",
            "Observation.encounter.display",
            "Observation.identifier",
            "Observation.issued",
            "Observation.category.text",
            "Observation.code.text",
            "Observation.code.coding.display",
            "Observation.subject.display",
            "Observation.device.display",
            "Observation.performer.display",
            "Observation.component.code.text",
            "Observation.component.code.coding.display");

    private static final List<String> PLAIN = List.of(
            "blood-pressure",
            "heart-rate",
            "body-weight",
            "resting-heart-rate",
            "oxygen-saturation",
            "body-temperature",
            "respiratory-rate",
            "body-height",
            "body-mass-index");

    static List<String> plain() {
        return PLAIN;
    }

    /** Of a device and of a clinic. */
    static List<String> walked() {
        return Stream.of("blood-pressure", "heart-rate", "oxygen-saturation")
                .map(Examples::valid)
                .flatMap(device -> Stream.of(device, ClinicVitals.of(device)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("plain")
    void whatDevicesSendIsPlain(String example) {
        assertThat(PlainVital.isPlain(vital(Examples.valid(example)))).isTrue();
        assertThat(errors(vital(Examples.valid(example)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("plain")
    void whatClinicsSendIsPlain(String example) {
        String json = ClinicVitals.of(Examples.valid(example));
        assertThat(PlainVital.isPlain(vital(json))).as(json).isTrue();
        assertThat(errors(vital(json))).isEmpty();
    }

    /** As an entry of a transaction comes, and with the ids that come near to it. */
    @ParameterizedTest
    @CsvSource({
        "urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11, true",
        "Observation/1, true",
        "urn:uuid:1, false",
        "urn:oid:1.2.3, false",
        "a_b, false"
    })
    void placeholderOfTransactionIsPlain(String id, boolean plain) {
        Observation rate = vital(Examples.valid("heart-rate"));
        rate.setId(id);
        assertThat(PlainVital.isPlain(rate)).isEqualTo(plain);
        if (plain) {
            assertThat(errors(rate)).isEmpty();
        }
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
    @MethodSource("walked")
    void anyFurtherPartIsLeftToTheValidator(String example) {
        TreeSet<String> free = new TreeSet<>();
        int added = 0;
        int nodes = ModelWalk.walk(vital(example)).size();
        for (int node = 0; node < nodes; node++) {
            ModelWalk.Node original = ModelWalk.walk(vital(example)).get(node);
            for (BaseRuntimeChildDefinition child : ModelWalk.children(original.element())) {
                for (String name : child.getValidChildNames()) {
                    Observation changed = vital(example);
                    ModelWalk.Node target = ModelWalk.walk(changed).get(node);
                    if (ModelWalk.add(target.element(), child, name)) {
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
    @MethodSource("walked")
    void extensionOrElementIdAnywhereIsLeftToTheValidator(String example) {
        int nodes = ModelWalk.walk(vital(example)).size();
        for (int node = 1; node < nodes; node++) {
            Observation extended = vital(example);
            ModelWalk.Node target = ModelWalk.walk(extended).get(node);
            ((Element) target.element()).addExtension("https://x.example/e", new StringType("e"));
            assertThat(PlainVital.isPlain(extended)).as(target.path()).isFalse();

            if (target.path().equals("Observation.id")) {
                continue; // has no element id: its id is that of the resource
            }
            Observation named = vital(example);
            ((Element) ModelWalk.walk(named).get(node).element()).setId("e1");
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
        for (int i = 0; i < 1800; i++) {
            String json = Examples.valid(PLAIN.get(i % PLAIN.size()));
            json = i % 2 == 0 ? json : ClinicVitals.of(json);
            for (int change = random.nextInt(3); change >= 0; change--) {
                json = VitalMutations.replaced(json, random);
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
        assertThat(plain).isGreaterThan(200);
        assertThat(refused).isGreaterThan(200);
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
