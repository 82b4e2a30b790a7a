package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the analysis writes of a raised flag, recognised without the validator: the validator is the oracle here. */
class PlainFlagFormsTest {

    private static final String FLAG = """
            {"resourceType":"Observation",
             "identifier":[{"system":"https://sinusnode.eu/sid/risk-flag",
               "value":"RISK|0f3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"}],
             "status":"preliminary",
             "category":[{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-category",
               "code":"risk-flag"}]}],
             "code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-code","code":"RISK"}]},
             "subject":{"reference":"Patient/0f3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"},
             "effectivePeriod":{"start":"2026-10-23T12:00:00Z","end":"2026-11-20T12:00:00+01:00"},
             "issued":"2026-11-20T12:00:00.123Z",
             "valueCodeableConcept":VALUE,
             "interpretation":[{"coding":[
               {"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"A"}]}],
             "note":[{"text":"The mean of 24 readings was 152/91 mm[Hg]."},{"text":"A clinician decides."}],
             "method":{"text":"Home blood pressure category 1.0.0"},
             "device":{"reference":"Device/1b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d12"},
             "derivedFrom":[{"reference":"Observation/2b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d13/_history/1"},
               {"reference":"DocumentReference/3b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d14/_history/12"}],
             "component":[
               {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}],"text":"Mean systolic"},
                "valueQuantity":{"value":152.4,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
               {"code":{"text":"Contribution of the median"},
                "valueQuantity":{"value":-0.125,"unit":"1","system":"http://unitsofmeasure.org","code":"1"}},
               {"code":{"text":"SHA-256 of the input manifest"},"valueString":"9f86d081884c7d65"},
               {"code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/observation-code",
                  "code":"sentence-for-patient"}]},
                "valueString":"Your pressure was high.",
                "_valueString":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",
                  "extension":[{"url":"lang","valueCode":"de"},
                    {"url":"content","valueString":"Ihr Blutdruck war zu hoch."}]}]}}]}
            """;

    private static final String CATEGORY = """
            {"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/blood-pressure-category",
              "code":"hypertension","display":"Hypertension"}]}
            """;

    private static final String PROBABILITY = """
            {"coding":[{"system":"http://terminology.hl7.org/CodeSystem/risk-probability",
              "code":"high","display":"High likelihood"}]}
            """;

    private static final String PROVENANCE = """
            {"resourceType":"Provenance",
             "target":[{"reference":"urn:uuid:5b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d15"}],
             "recorded":"2026-11-20T12:00:00.123Z",
             "activity":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-DataOperation","code":"CREATE"}]},
             "agent":[{"who":{"reference":"Device/1b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d12"}}],
             "entity":[
               {"role":"source","what":{"reference":"Observation/2b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d13/_history/1"}},
               {"role":"source","what":{"display":"Manifest of all 24 inputs",
                 "identifier":{"system":"https://sinusnode.eu/sid/input-manifest","value":"9f86d081884c7d65"}}},
               {"role":"source","extension":[{"url":"https://sinusnode.eu/fhir/StructureDefinition/replay-manifest",
                   "valueBase64Binary":"eJyrVkrLz1eyUkpKLFKqBQAhrwSN"}],
                "what":{"display":"Manifest for a replay, of 24 inputs",
                 "identifier":{"system":"https://sinusnode.eu/sid/replay-manifest","value":"60303ae22b998861"}}}]}
            """;

    private static final String SIGN_OFF = """
            {"resourceType":"Task","status":"requested","intent":"order","priority":"urgent",
             "code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/task-code","code":"sign-off"}]},
             "focus":{"reference":"urn:uuid:5b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d15"},
             "for":{"reference":"Patient/0f3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"},
             "authoredOn":"2026-11-20T12:00:00Z",
             "requester":{"reference":"Device/1b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d12"},
             "restriction":{"period":{"start":"2026-11-20T12:00:00Z","end":"2026-11-21T12:00:00Z"}}}
            """;

    /** The only parts that may be added and leave the form plain; each was seen to be valid. */
    private static final List<String> FREE = List.of(
            "Observation.id",
            "Observation.category.text",
            "Observation.code.text",
            "Observation.component.code.text",
            "Observation.interpretation.text",
            "Observation.value.text",
            "Observation.valueCodeableConcept.text",
            "Observation.value[x].text",
            "Observation.subject.display",
            "Observation.device.display",
            "Provenance.id",
            "Provenance.activity.text",
            "Provenance.target.display",
            "Provenance.agent.who.display",
            "Task.id",
            "Task.code.text",
            "Task.focus.display",
            "Task.for.display",
            "Task.requester.display");

    private enum Form {
        PRESSURE(FLAG.replace("RISK", "home-blood-pressure-category").replace("VALUE", CATEGORY)),
        RATE(FLAG.replace("RISK", "resting-heart-rate-out-of-range").replace("VALUE", PROBABILITY)),
        WHENCE(PROVENANCE),
        AT_ONCE(SIGN_OFF.replace("urgent", "stat")),
        TASK(SIGN_OFF);

        private final String json;

        Form(String json) {
            this.json = json;
        }

        Resource resource() {
            return parse(json);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheAnalysisWritesIsPlainAndValid(Form form) {
        assertThat(PlainForms.isPlain(form.resource())).isTrue();
        assertThat(errors(form.resource())).isEmpty();
        assertThat(SharedValidator.VALIDATOR.validate(form.resource())).isEmpty();
    }

    /** HAPI's parser puts the entry behind each placeholder of a transaction. */
    @Test
    void inATransactionTheFlagIsTheEntryBehindThePlaceholder() {
        assertThat(transaction(Form.PRESSURE.json).getEntry()).hasSize(3).allSatisfy(entry -> {
            assertThat(PlainForms.isPlain(entry.getResource())).isTrue();
            assertThat(errors(entry.getResource())).isEmpty();
        });
    }

    @Test
    void behindThePlaceholderThereIsNothingButAFlag() {
        Bundle bundle = transaction("{\"resourceType\":\"Patient\",\"active\":true}");

        assertThat(PlainForms.isPlain(bundle.getEntry().get(1).getResource())).isFalse();
        assertThat(PlainForms.isPlain(bundle.getEntry().get(2).getResource())).isFalse();
    }

    private static Bundle transaction(String first) {
        String entry = "{\"fullUrl\":\"%s\",\"resource\":%s}";
        return (Bundle) SharedValidator.parse("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + entry.formatted("urn:uuid:5b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d15", first) + ","
                + entry.formatted("urn:uuid:6b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d16", PROVENANCE) + ","
                + entry.formatted("urn:uuid:7b3c2f9e-6a0e-4c44-9a43-6f7b3f0e2d17", SIGN_OFF) + "]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
                    PRESSURE > "preliminary" > "final"
                    PRESSURE > "hypertension" > "high"
                    PRESSURE > "Hypertension" > "Severe"
                    PRESSURE > "code":"A" > "code":"nonsense"
                    PRESSURE > /_history/1" > "
                    PRESSURE > "code":"mm[Hg]" > "code":"mmHg"
                    PRESSURE > 8480-6 > 8480-7
                    PRESSURE > "lang" > "language"
                    PRESSURE > Device/ > Patient/
                    PRESSURE > "valueString":"9f86d081884c7d65" > "valueString":"9f86 "
                    RATE > risk-probability > blood-pressure-category
                    RATE > resting-heart-rate-out-of-range > home-blood-pressure-category
                    WHENCE > "source" > "derivation"
                    WHENCE > "CREATE" > "NONSENSE"
                    WHENCE > Device/ > Practitioner/
                    WHENCE > Observation/2b > Patient/2b
                    WHENCE > /_history/1" > "
                    WHENCE > StructureDefinition/replay-manifest > StructureDefinition/another
                    TASK > "order" > "plan"
                    TASK > "requested" > "completed"
                    TASK > "sign-off" > "risk-replay"
                    TASK > 2026-11-21 > 2026-11-19
                    TASK > Device/ > Patient/
                    """)
    void anythingElseIsLeftToTheValidator(Form form, String what, String by) {
        String changed = form.json.replace(what, by);

        assertThat(changed).isNotEqualTo(form.json);
        assertThat(PlainForms.isPlain(parse(changed))).isFalse();
    }

    /** Adds to every element each part that R4 has for it: a part forgotten by the recogniser would show. */
    @ParameterizedTest
    @EnumSource
    void anyFurtherPartIsLeftToTheValidator(Form form) {
        TreeSet<String> free = new TreeSet<>();
        int added = 0;
        int nodes = ModelWalk.walk(form.resource()).size();
        for (int node = 0; node < nodes; node++) {
            ModelWalk.Node original = ModelWalk.walk(form.resource()).get(node);
            for (BaseRuntimeChildDefinition child : ModelWalk.children(original.element())) {
                for (String name : child.getValidChildNames()) {
                    Resource changed = form.resource();
                    ModelWalk.Node target = ModelWalk.walk(changed).get(node);
                    if (ModelWalk.add(target.element(), child, name)) {
                        added++;
                        if (PlainForms.isPlain(changed)) {
                            free.add(target.path() + "." + name);
                            assertThat(errors(changed)).isEmpty();
                        }
                    }
                }
            }
        }
        assertThat(added).isGreaterThan(40);
        assertThat(FREE).containsAll(free);
    }

    @ParameterizedTest
    @EnumSource
    void extensionOrElementIdAnywhereIsLeftToTheValidator(Form form) {
        int nodes = ModelWalk.walk(form.resource()).size();
        for (int node = 1; node < nodes; node++) {
            Resource extended = form.resource();
            ModelWalk.Node target = ModelWalk.walk(extended).get(node);
            ((Element) target.element()).addExtension("https://x.example/e", new StringType("e"));
            assertThat(PlainForms.isPlain(extended)).as(target.path()).isFalse();

            if (target.path().equals(form.resource().fhirType() + ".id")) {
                continue; // has no element id: its id is that of the resource
            }
            Resource named = form.resource();
            ((Element) ModelWalk.walk(named).get(node).element()).setId("e1");
            assertThat(PlainForms.isPlain(named)).as(target.path()).isFalse();
        }
        assertThat(nodes).isGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource
    void containedResourcesAndModifiersAreLeftToTheValidator(Form form) {
        DomainResource containing = (DomainResource) form.resource();
        containing.addContained(new Patient());
        assertThat(PlainForms.isPlain(containing)).isFalse();
        DomainResource modified = (DomainResource) form.resource();
        modified.addModifierExtension().setUrl("https://x.example/m").setValue(new StringType("m"));
        assertThat(PlainForms.isPlain(modified)).isFalse();
    }

    /** Each: what is replaced, and by what it may be. */
    private static final String[][] REPLACEMENTS = {
        {
            "2026-10-23T12:00:00Z",
            "2026-10-23",
            "2026-11-20T12:00:00+01:00",
            "2026-11-20T13:00:00+14:00",
            "2027-01-01T00:00:00Z"
        },
        {
            "2026-11-20T12:00:00+01:00",
            "2026-10-23T12:00:00Z",
            "2026-10-23T12:00:01Z",
            "2026-11-20T12:00Z",
            "2026-02-30T12:00:00Z"
        },
        {"2026-11-20T12:00:00.123Z", "2026-11-20T12:00:00Z", "2026-11-20T12:00:00", "2026-11-20T25:00:00Z"},
        {"2026-11-21T12:00:00Z", "2026-11-20T12:00:00Z", "2026-11-20T11:00:00Z", "2026-11-21"},
        {"Patient/", "Patient/x", "Patient/../", "Group/", "http://other.org/Patient/", "urn:uuid:"},
        {"Device/", "Device/x-", "Organization/", "#", "urn:uuid:"},
        {"urn:uuid:5b3c2f9e", "Observation/5b3c2f9e", "Patient/5b3c2f9e", "urn:uuid:zzzzzzzz", "#x"},
        {"/_history/1", "/_history/2", "/_history/", "/_history/a b", "", "/history/1"},
        {"Observation/2b3c", "DocumentReference/2b3c", "Condition/2b3c", "urn:uuid:2b3c", "Observation/x/2b3c"},
        {
            "home-blood-pressure-category",
            "severe-vital-value",
            "suspected-atrial-fibrillation",
            "not-computable-summary",
            "nonsense"
        },
        {
            "resting-heart-rate-out-of-range",
            "low-oxygen-saturation",
            "home-blood-pressure-category",
            "rr-interval-series"
        },
        {"\"hypertension\"", "\"severe\"", "\"elevated\"", "\"high\"", "\"nonsense\""},
        {"\"Hypertension\"", "\"hypertension\"", "\"Severe\"", "\"\""},
        {"\"high\"", "\"moderate\"", "\"certain\"", "\"severe\"", "\"nonsense\""},
        {"\"High likelihood\"", "\"Moderate likelihood\"", "\"Hoch\""},
        {"\"code\":\"A\"", "\"code\":\"AA\"", "\"code\":\"H\"", "\"code\":\"LL\"", "\"code\":\"ZZ\"", "\"code\":\"A \""
        },
        {"152.4", "152", "1e2", "-152.40", "152.4000001", "12345678.5", "0"},
        {
            "\"code\":\"mm[Hg]\"",
            "\"code\":\"kg\"",
            "\"code\":\"%\"",
            "\"code\":\"{score}\"",
            "\"code\":\"ms\"",
            "\"code\":\"mmol/L\"",
            "\"code\":\"a\"",
            "\"code\":\"d\"",
            "\"code\":\"/min\"",
            "\"code\":\"nonsense[\""
        },
        {"8480-6", "8462-4", "8867-4", "40443-4", "29463-7", "2708-6", "85354-9", "1234-5"},
        {"sentence-for-patient", "sentence-for-clinician", "severe-vital-value", "nonsense"},
        {"\"de\"", "\"en\"", "\"de-DE\"", "\"nonsense-language-code\""},
        {"Ihr Blutdruck war zu hoch.", "<b>hoch</b>", "\u00dcber 135.", "", " "},
        {"Your pressure was high.", "a\\nb", "", "50 \u2265 40", "<p>"},
        {"A clinician decides.", "\u00c4rztlich", "", "<script>", " "},
        {"eJyrVkrLz1eyUkpKLFKqBQAhrwSN", "AAAA", "", "*", "eJyrVkrLz1ey"},
        {"sid/input-manifest", "sid/another", "", "sid/inp ut", "example.org"},
        {"Manifest of all 24 inputs", "x", "", "<b>"},
        {"\"source\"", "\"derivation\"", "\"quotation\"", "\"nonsense\""},
        {"\"CREATE\"", "\"UPDATE\"", "\"DELETE\"", "\"NONSENSE\""},
        {"\"urgent\"", "\"routine\"", "\"stat\"", "\"nonsense\""},
        {"\"requested\"", "\"draft\"", "\"nonsense\""},
        {"\"order\"", "\"plan\"", "\"nonsense\""},
        {"preliminary", "final", "registered", "cancelled", "nonsense"},
        {"\"risk-flag\"", "\"exam\"", "\"nonsense\""}
    };

    /** Values replaced by others, good and bad: plain may only be what the validator finds no error in. */
    @ParameterizedTest
    @EnumSource
    void plainIsOnlyWhatTheValidatorAccepts(Form form) {
        Random random = new Random(20261127);
        int plain = 0;
        int refused = 0;
        for (int i = 0; i < 800; i++) {
            String json = form.json;
            for (int change = random.nextInt(2); change >= 0; change--) {
                String[] replacement = REPLACEMENTS[random.nextInt(REPLACEMENTS.length)];
                json = json.replace(replacement[0], replacement[1 + random.nextInt(replacement.length - 1)]);
            }
            Resource resource;
            try {
                resource = parse(json);
            } catch (DataFormatException refusedByTheParser) {
                continue;
            }
            boolean accepted = errors(resource).isEmpty();
            if (PlainForms.isPlain(resource)) {
                plain++;
                assertThat(accepted).as(json).isTrue();
            }
            refused += accepted ? 0 : 1;
        }
        assertThat(plain).isGreaterThan(50);
        assertThat(refused).isGreaterThan(30);
    }

    private static List<ValidationIssue> errors(Resource resource) {
        return SharedValidator.VALIDATOR.validate(resource, ImposedProfiles.of(resource)).stream()
                .filter(ValidationIssue::isError)
                .toList();
    }

    private static Resource parse(String json) {
        return SharedValidator.parse(json);
    }
}
