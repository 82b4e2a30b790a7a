package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.DrawnConsents;
import eu.sinusnode.policy.consent.SlowReference;
import eu.sinusnode.policy.minimisation.Pseudonyms;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.storage.Zone;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What {@code $consent-decision} calls masked, an export for research holds, under the recipient's names; what it denies is
 * not there; and both are what somebody says who reads the Consents slowly. {@code -Dsinusnode.masked.rounds=} tries more.
 */
class MaskedDecisionsIT extends RunningServer {

    private static final int ROUNDS = Integer.getInteger("sinusnode.masked.rounds", 4);
    private static final int PATIENTS = 12;
    /** They permit the institute everything and have nothing: of fewer than ten nobody is told. */
    private static final int CROWD = 10;

    private static final String INSTITUTE = Records.id("masked-institute");
    private static final String HOME_GROWN = "https://clinic.example/diagnoses";

    @Autowired
    PurposeKeys keys;

    private final Random random = new Random(20_261_128L);
    private final Map<String, Set<String>> codes = new LinkedHashMap<>();

    @Test
    void whatIsMaskedIsWhatAnExportHolds() {
        load(Records.transaction(Records.organization(INSTITUTE, "Institute")));
        for (int i = 0; i < PATIENTS; i++) {
            loadPatient(i);
        }
        for (int i = PATIENTS; i < PATIENTS + CROWD; i++) {
            load(Records.household("masked-" + i));
            load(Records.transaction(permitting(i)));
        }
        int masked = 0;
        int denied = 0;
        int nothingLeft = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Consent> consents = new ArrayList<>();
            for (int i = 0; i < PATIENTS; i++) {
                consents.add(drawn(i));
            }
            load(Records.transaction(consents.toArray(Resource[]::new)));
            grewOld();
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < PATIENTS; i++) {
                for (ParametersParameterComponent decision : decisions(i)) {
                    String path = part(decision, "resource");
                    boolean permitted = permits(consents.get(i), path);
                    boolean homeGrown =
                            codes.getOrDefault(path, Set.of()).stream().anyMatch(code -> code.startsWith(HOME_GROWN));
                    assertThat(part(decision, "outcome"))
                            .as("%s by %s", path, json(consents.get(i)))
                            .isEqualTo(permitted && !homeGrown ? "masked" : "deny");
                    if (permitted && homeGrown) {
                        assertThat(part(decision, "rule")).isEqualTo("NOTHING_LEFT");
                        nothingLeft++;
                    } else if (permitted) {
                        assertThat(decision.getPart())
                                .anyMatch(part -> part.getName().equals("masking"));
                        expected.add(name(path));
                        masked++;
                    } else {
                        denied++;
                    }
                }
            }
            assertThat(exported(INSTITUTE, "Observation,Condition")).isEqualTo(expected);
        }
        assertThat(List.of(masked, denied, nothingLeft)).allMatch(times -> times > ROUNDS);
    }

    /** What it says beside: of how many nobody is told. It tells nobody how many there are. */
    @Test
    void thatSmallGroupsAreNotToldIsSaidAsAConditionAndHeldTo() {
        String few = Records.id("masked-few-institute");
        load(Records.transaction(Records.organization(few, "Institute of few")));
        for (int i = 0; i < 10; i++) {
            load(Records.household("masked-few-" + i));
        }
        for (int i = 0; i < 9; i++) {
            load(Records.transaction(permittingAll(i, few)));
        }
        grewOld();
        ParametersParameterComponent before = ofPatient(few);
        assertThat(part(before, "outcome")).isEqualTo("masked");
        assertThat(conditions(before)).containsExactly("SMALL_GROUPS 10", "WHOLE_WEEKS ");
        assertThat(part(before, "text-de")).contains("mindestens 10 Menschen");
        assertThat(part(before, "text-en")).contains("10 people at least");
        assertThat(exported(few, "Patient")).isEmpty();

        load(Records.transaction(permittingAll(9, few)));
        ParametersParameterComponent after = ofPatient(few);
        assertThat(exported(few, "Patient")).hasSize(10);
        assertThat(after.equalsDeep(before))
                .as("what others permit is told to nobody")
                .isTrue();
    }

    private static Consent permittingAll(int number, String institute) {
        Consent consent =
                WalkWorld.consent(Records.id("masked-few-consent-" + number), Records.id("masked-few-" + number));
        consent.getProvision().setProvision(null);
        Consents.permit(consent, institute, Purpose.HRESCH);
        return consent;
    }

    private static ParametersParameterComponent ofPatient(String institute) {
        String patient = Records.id("masked-few-0");
        Parameters asked = asking(institute);
        asked.addParameter("resource", new Reference("Patient/" + patient));
        Answer answer = post("/Patient/" + patient + "/$consent-decision", TOKENS.patient(patient), asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Parameters) answer.resource()).getParameter("decision");
    }

    private static List<String> conditions(ParametersParameterComponent decision) {
        return decision.getPart().stream()
                .filter(part -> part.getName().equals("masking"))
                .flatMap(masking -> masking.getPart().stream())
                .filter(part -> part.getName().equals("condition"))
                .map(condition -> part(condition, "rule") + " " + part(condition, "smallest-group"))
                .toList();
    }

    private void grewOld() {
        database.update(
                "UPDATE public.hfj_resource SET res_updated = res_updated - interval '30 days'"
                        + " WHERE res_type IN ('Patient', 'Observation', 'Condition') AND res_updated > now() - interval '20 days'");
    }

    private void loadPatient(int number) {
        String patient = patient(number);
        load(Records.household("masked-" + number));
        Observation rate = Records.heartRate(patient, Records.id("masked-" + number + "-cuff"), "masked-" + number);
        rate.setId(Records.id("masked-rate-" + number));
        rate.setEffective(new DateTimeType("2025-03-05T09:00:00Z"));
        Condition known = condition(number, "known", Codes.ICD_10_GM, "I48.0");
        Condition homeGrown = condition(number, "home-grown", HOME_GROWN, "H-1");
        load(Records.transaction(rate, known, homeGrown));
        codes.put("Observation/" + Records.id("masked-rate-" + number), Set.of(Codes.LOINC + "|8867-4"));
        codes.put("Condition/" + Records.id("masked-known-" + number), Set.of(Codes.ICD_10_GM + "|I48.0"));
        codes.put("Condition/" + Records.id("masked-home-grown-" + number), Set.of(HOME_GROWN + "|H-1"));
    }

    private static Condition condition(int number, String name, String system, String code) {
        Condition condition = new Condition();
        condition.setId(Records.id("masked-" + name + "-" + number));
        condition.getCode().addCoding(new Coding(system, code, null));
        condition.setRecordedDateElement(new DateTimeType("2025-03-05T09:00:00Z"));
        condition.setSubject(new Reference("Patient/" + patient(number)));
        return condition;
    }

    private Consent drawn(int number) {
        DrawnConsents consents = new DrawnConsents(
                random,
                new DrawnConsents.Words(
                        List.of("Organization/" + INSTITUTE, "Organization/" + Records.CLINIC),
                        List.of("Practitioner/" + Records.PRACTITIONER),
                        List.of("HRESCH", "TREAT"),
                        List.of("Observation", "Condition"),
                        List.of(
                                Code.ofToken(Codes.LOINC + "|8867-4"),
                                Code.ofToken(Codes.ICD_10_GM + "|I48.0"),
                                Code.ofToken(HOME_GROWN + "|H-1")),
                        List.of(Code.ofToken("http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R")),
                        codes.keySet().stream()
                                .filter(path -> isOf(path, number))
                                .toList(),
                        List.of(LocalDate.parse("2024-06-01"), LocalDate.parse("2026-02-01"))));
        while (true) {
            Consent consent = WalkWorld.consent(Records.id("masked-consent-" + number), patient(number));
            consent.getProvision().setProvision(null);
            consents.fill(consent, DrawnConsents.ALL_LIMITS);
            if (random.nextInt(3) > 0) {
                Consents.permit(consent, INSTITUTE, Purpose.HRESCH);
            }
            if (consent.getProvision().isEmpty()) {
                consent.getProvision().setType(ConsentProvisionType.DENY);
            }
            if (new ConsentCompiler(Zone.OF_DATES).compile(consent, 1) instanceof Compilation.Compiled) {
                return consent;
            }
        }
    }

    private static Consent permitting(int number) {
        Consent consent = WalkWorld.consent(Records.id("masked-consent-" + number), patient(number));
        consent.getProvision().setProvision(null);
        Consents.permit(consent, INSTITUTE, Purpose.HRESCH);
        return consent;
    }

    private boolean permits(Consent consent, String path) {
        Instant low = Instant.parse("2025-03-05T09:00:00Z");
        return new SlowReference(Zone.OF_DATES)
                .permits(
                        List.of(consent),
                        new SlowReference.Asked(
                                Set.of("Organization/" + INSTITUTE),
                                "HRESCH",
                                path.substring(0, path.indexOf('/')),
                                path,
                                codes.getOrDefault(path, Set.of()),
                                Set.of(),
                                low,
                                low.plusSeconds(1),
                                true,
                                Instant.now()));
    }

    private List<ParametersParameterComponent> decisions(int number) {
        Parameters asked = asking(INSTITUTE);
        codes.keySet().stream()
                .filter(path -> isOf(path, number))
                .forEach(path -> asked.addParameter("resource", new Reference(path)));
        Answer answer =
                post("/Patient/" + patient(number) + "/$consent-decision", TOKENS.patient(patient(number)), asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Parameters) answer.resource())
                .getParameter().stream()
                        .filter(parameter -> parameter.getName().equals("decision"))
                        .toList();
    }

    private static Parameters asking(String institute) {
        Parameters asked = new Parameters();
        asked.addParameter()
                .setName("caller")
                .addPart()
                .setName("organization")
                .setValue(new Reference("Organization/" + institute));
        asked.addParameter("purpose", new CodeType("HRESCH"));
        return asked;
    }

    private static String part(ParametersParameterComponent decision, String name) {
        return decision.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .map(part -> part.getValue() instanceof Reference reference
                        ? reference.getReference()
                        : part.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }

    private static Set<String> exported(String institute, String types) {
        ExportClient client = new ExportClient(
                TOKENS.token(CallerKind.RESEARCHER, claims -> claims.claim("organization", institute)));
        ExportClient.ByType<JsonNode> resources = client.export("/$export?_type=" + types);
        Set<String> names = new TreeSet<>();
        for (String type : resources.types()) {
            ExportClient.ids(resources.of(type)).forEach(id -> names.add(type + "/" + id));
        }
        return names;
    }

    private String name(String path) {
        String type = path.substring(0, path.indexOf('/'));
        Pseudonyms names = Pseudonyms.of(keys.current(KeyPurpose.PSEUDONYM).secret("HmacSHA256"), INSTITUTE);
        return type + "/" + names.of(type, path.substring(path.indexOf('/') + 1));
    }

    private static boolean isOf(String path, int number) {
        return path.endsWith(Records.id("masked-rate-" + number))
                || path.endsWith(Records.id("masked-known-" + number))
                || path.endsWith(Records.id("masked-home-grown-" + number));
    }

    private static String patient(int number) {
        return Records.id("masked-" + number);
    }
}
