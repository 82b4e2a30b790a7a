package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised without the validator is what the validator accepts: the validator is the oracle here. */
class PlainSummaryTest {

    private static final String SUMMARY = """
            {"resourceType":"Observation",
             "identifier":[{"system":"https://sinusnode.eu/sid/risk-flag",
               "value":"not-computable-summary|0f3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"}],
             "status":"preliminary",
             "category":[{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-category",
               "code":"risk-flag"}]}],
             "code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-code",
               "code":"not-computable-summary"}]},
             "subject":{"reference":"Patient/0f3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"},
             "effectivePeriod":{"start":"2026-10-23T12:00:00Z","end":"2026-11-20T12:00:00Z"},
             "issued":"2026-11-20T12:00:00.123Z",
             "method":{"text":"Risk scoring job 1.0.0"},
             "device":{"reference":"Device/1b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d12"},
             "component":[
               {"code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-code",
                  "code":"suspected-atrial-fibrillation"}]},
                "dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason",
                  "code":"unknown"}],"text":"There is no recording of RR intervals."}},
               {"code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-code",
                  "code":"low-oxygen-saturation"}]},
                "dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason",
                  "code":"unknown"}],"text":"The newest value is older than 7 days."}}],
             "note":[{"text":"There is no recording of RR intervals. The newest value is older than 7 days."},
               {"text":"Not computable does not mean that there is no risk. A clinician decides."}]}
            """;

    /** The only parts that may be added to a plain summary and leave it plain. */
    private static final List<String> FREE = List.of(
            "Observation.id",
            "Observation.category.text",
            "Observation.code.text",
            "Observation.component.code.text",
            "Observation.subject.display",
            "Observation.device.display");

    @Test
    void whatTheAnalysisWritesIsPlainAndValid() {
        assertThat(PlainSummary.isPlain(summary(SUMMARY))).isTrue();
        assertThat(errors(summary(SUMMARY))).isEmpty();
        assertThat(SharedValidator.VALIDATOR.validate(summary(SUMMARY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"status\":\"preliminary\" -> \"status\":\"final\"",
                "\"code\":\"not-computable-summary\" -> \"code\":\"low-oxygen-saturation\"",
                "\"code\":\"low-oxygen-saturation\" -> \"code\":\"no-such-risk\"",
                "\"code\":\"unknown\" -> \"code\":\"no-such-reason\"",
                "sid/risk-flag -> sid/another",
                "2026-11-20T12:00:00Z -> 2025-11-20T12:00:00Z",
                "There is no recording of RR intervals. -> <b>none</b>",
                "Device/ -> Patient/"
            })
    void anythingElseIsLeftToTheValidator(String change) {
        String[] parts = change.split(" -> ");
        String changed = SUMMARY.replace(parts[0], parts[1]);

        assertThat(changed).isNotEqualTo(SUMMARY);
        assertThat(PlainSummary.isPlain(summary(changed))).isFalse();
    }

    /** Adds to every element each part that R4 has for it: a part forgotten by the recogniser would show. */
    @Test
    void anyFurtherPartIsLeftToTheValidator() {
        TreeSet<String> free = new TreeSet<>();
        int added = 0;
        int nodes = ModelWalk.walk(summary(SUMMARY)).size();
        for (int node = 0; node < nodes; node++) {
            ModelWalk.Node original = ModelWalk.walk(summary(SUMMARY)).get(node);
            for (BaseRuntimeChildDefinition child : ModelWalk.children(original.element())) {
                for (String name : child.getValidChildNames()) {
                    Observation changed = summary(SUMMARY);
                    ModelWalk.Node target = ModelWalk.walk(changed).get(node);
                    if (ModelWalk.add(target.element(), child, name)) {
                        added++;
                        if (PlainSummary.isPlain(changed)) {
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

    @Test
    void extensionOrElementIdAnywhereIsLeftToTheValidator() {
        int nodes = ModelWalk.walk(summary(SUMMARY)).size();
        for (int node = 1; node < nodes; node++) {
            Observation extended = summary(SUMMARY);
            ModelWalk.Node target = ModelWalk.walk(extended).get(node);
            ((Element) target.element()).addExtension("https://x.example/e", new StringType("e"));
            assertThat(PlainSummary.isPlain(extended)).as(target.path()).isFalse();

            if (target.path().equals("Observation.id")) {
                continue; // has no element id: its id is that of the resource
            }
            Observation named = summary(SUMMARY);
            ((Element) ModelWalk.walk(named).get(node).element()).setId("e1");
            assertThat(PlainSummary.isPlain(named)).as(target.path()).isFalse();
        }
        assertThat(nodes).isGreaterThan(25);
    }

    @Test
    void containedResourcesAndModifiersAreLeftToTheValidator() {
        Observation containing = summary(SUMMARY);
        containing.addContained(new Patient());
        assertThat(PlainSummary.isPlain(containing)).isFalse();
        Observation modified = summary(SUMMARY);
        modified.getComponentFirstRep()
                .addModifierExtension()
                .setUrl("https://x.example/m")
                .setValue(new StringType("m"));
        assertThat(PlainSummary.isPlain(modified)).isFalse();
    }

    /** Each: what is replaced, and by what it may be. */
    private static final String[][] REPLACEMENTS = {
        {
            "2026-10-23T12:00:00Z",
            "2026-10-23",
            "2026-11-20T12:00:00+00:00",
            "2026-11-20T13:00:00+14:00",
            "1850-01-01T00:00:00Z"
        },
        {
            "2026-11-20T12:00:00Z",
            "2026-10-23T12:00:01Z",
            "2026-10-23T11:00:00-01:00",
            "2026-11-20T12:00Z",
            "2027-02-28T23:59:59.5Z"
        },
        {"2026-11-20T12:00:00.123Z", "2026-11-20T12:00:00Z", "2026-11-20T12:00:00", "2026-11-20T25:00:00Z"},
        {"Patient/", "Patient/x", "Patient/../", "Group/", "http://other.org/Patient/", "urn:uuid:"},
        {"Device/", "Device/x-", "Organization/", "#", "urn:uuid:"},
        {"Risk scoring job 1.0.0", "Ein anderer \u00c4rger", "", "x", "<p>"},
        {"There is no recording of RR intervals.", "Kein Wert.", "a\\nb", " ", "50 \u2265 40"},
        {"not-computable-summary|", "|", "", "x|y|", " "},
        {"\"unknown\"", "\"not-asked\"", "\"unknown \"", "\"nonsense\""},
        {
            "low-oxygen-saturation",
            "stroke-risk-in-atrial-fibrillation",
            "cardiovascular-risk",
            "oxygen",
            "rr-interval-series"
        },
        {"preliminary", "final", "registered", "cancelled", "nonsense"},
        {"\"risk-flag\"", "\"exam\"", "\"nonsense\""},
        {"data-absent-reason", "observation-category"}
    };

    /** Values replaced by others, good and bad: plain may only be what the validator finds no error in. */
    @Test
    void plainIsOnlyWhatTheValidatorAccepts() {
        Random random = new Random(20260504);
        int plain = 0;
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            String json = SUMMARY;
            for (int change = random.nextInt(2); change >= 0; change--) {
                String[] replacement = REPLACEMENTS[random.nextInt(REPLACEMENTS.length)];
                json = json.replace(replacement[0], replacement[1 + random.nextInt(replacement.length - 1)]);
            }
            Observation summary;
            try {
                summary = summary(json);
            } catch (DataFormatException refusedByTheParser) {
                continue;
            }
            boolean accepted = errors(summary).isEmpty();
            if (PlainSummary.isPlain(summary)) {
                plain++;
                assertThat(accepted).as(json).isTrue();
            }
            refused += accepted ? 0 : 1;
        }
        assertThat(plain).isGreaterThan(50);
        assertThat(refused).isGreaterThan(50);
    }

    private static List<ValidationIssue> errors(Observation summary) {
        return SharedValidator.VALIDATOR.validate(summary, ImposedProfiles.of(summary)).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }

    private static Observation summary(String json) {
        return (Observation) SharedValidator.parse(json);
    }
}
