package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An identifier is its sender's: who sends again is given what it has sent, seen or not, and learns nothing of what others
 * have brought under the same identifier.
 */
class SendersIT extends RunningServer {

    private static final String CLINIC = Records.id("senders-clinic");
    private static final String GATEWAY = Records.id("senders-gateway");
    private static final String CHOSEN = "https://clinic.example/goals";

    @Test
    void whatThePatientHasBroughtIsUnknownToWhoMayWriteAndNotSeeIt() {
        String patient = patient("ida");
        Answer own = post("/Observation", TOKENS.patient(patient), vital("ida", "ida-1"));
        assertThat(own.status()).as(own.body()).isEqualTo(201);

        Answer other = post("/Observation", gateway(), vital("ida", "ida-1"));
        Answer unused = post("/Observation", gateway(), vital("ida", "ida-2"));

        assertThat(shape(other)).isEqualTo(shape(unused)).startsWith("201");
        assertThat(id(other)).isNotEqualTo(id(own));
        assertThat(id(post("/Observation", gateway(), vital("ida", "ida-1")))).isEqualTo(id(other));
        assertThat(post("/Observation", TOKENS.patient(patient), vital("ida", "ida-1"))
                        .header("Location"))
                .isEqualTo(own.header("Location"));
        assertThat(readings(patient)).isEqualTo(3);
    }

    @Test
    void aTransactionOfManyTellsNothingEither() {
        String patient = patient("jan");
        Bundle vitals = Records.transaction(vital("jan", "jan-1"), vital("jan", "jan-2"), vital("jan", "jan-3"));
        assertThat(statuses(post("", TOKENS.patient(patient), vitals))).containsOnly("201");

        assertThat(statuses(post("", gateway(), vitals))).containsOnly("201");
        assertThat(statuses(post("", gateway(), vitals))).containsOnly("200");
        vitals.getEntry().forEach(entry -> entry.getRequest()
                .setIfNoneExist("identifier=" + Canonicals.VITAL_IDENTIFIER + "|"
                        + ((Observation) entry.getResource())
                                .getIdentifierFirstRep()
                                .getValue()));
        assertThat(statuses(post("", gateway(), vitals))).containsOnly("200");
        assertThat(statuses(post("", TOKENS.patient(patient), vitals))).containsOnly("200");
        assertThat(readings(patient)).isEqualTo(6);
    }

    @Test
    void aConditionFindsWhatTheSenderHasBroughtOrMaySee() {
        String hidden = patient("kai");
        String open = Ward.open("senders-lea");
        Goal theirs = Ward.newGoal(hidden, "Walk to the lake");
        assertThat(conditional(TOKENS.clinicSystem(Records.CLINIC), theirs).status())
                .isEqualTo(201);

        Answer first = conditional(TOKENS.clinicSystem(CLINIC), theirs);
        Answer unused = conditional(TOKENS.clinicSystem(CLINIC), Ward.newGoal(hidden, "Walk to the wood"));
        assertThat(shape(first)).isEqualTo(shape(unused)).startsWith("201");
        Answer again = conditional(TOKENS.clinicSystem(CLINIC), theirs);
        assertThat(again.status()).isEqualTo(200);
        assertThat(id(again)).isEqualTo(id(first));

        Goal seen = Ward.newGoal(open, "Walk every day");
        Answer found = conditional(TOKENS.clinicSystem(Records.CLINIC), seen);
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(id(found)).isEqualTo(Ward.goal("senders-lea"));
    }

    @Test
    void conditionalCreatesAtTheSameMomentStoreOne() throws Exception {
        String patient = patient("max");
        Goal goal = Ward.newGoal(patient, "Swim");
        long before = stored("Goal");
        List<Answer> answers = AtOnce.answers(4, client -> conditional(TOKENS.clinicSystem(CLINIC), goal));
        assertThat(answers).extracting(Answer::status).contains(201).isSubsetOf(200, 201, 409);
        assertThat(stored("Goal") - before).isEqualTo(1);
    }

    @Test
    void aCorrectionLeavesTheIdentifierToWhoBroughtIt() {
        String patient = patient("nora");
        Answer brought = post("/Observation", gateway(), vital("nora", "nora-1"));
        assertThat(brought.status()).as(brought.body()).isEqualTo(201);
        String hidden = id(post("/Observation", TOKENS.patient(patient), vital("nora", "nora-2")));
        Observation wrong = vital("nora", "nora-1");
        wrong.setId(id(brought));
        wrong.setStatus(ObservationStatus.ENTEREDINERROR);
        permit("nora", Records.CLINIC, null);
        String clinician = TOKENS.clinician(Records.CLINIC);
        assertThat(put("/Observation/" + id(brought), clinician, wrong).status())
                .isEqualTo(200);

        assertThat(id(post("/Observation", gateway(), vital("nora", "nora-1")))).isEqualTo(id(brought));
        wrong.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue("nora-2");
        Answer added = put("/Observation/" + id(brought), clinician, wrong);
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        Answer byAnother = post("/Observation", gateway(), vital("nora", "nora-2"));
        assertThat(byAnother.status()).isEqualTo(201);
        assertThat(id(byAnother)).isNotIn(hidden, id(brought));
    }

    @Test
    void anUpdateUnderAConditionCreatesWhereOnlySomebodyElseHasOne() {
        String patient = patient("otto");
        post("/Observation", TOKENS.patient(patient), vital("otto", "otto-1"));
        permit("otto", CLINIC, "Goal");
        String clinician = TOKENS.clinician(CLINIC);
        String path = "/Observation?identifier=" + Canonicals.VITAL_IDENTIFIER + "%7Cotto-";
        Answer other = put(path + "1", clinician, vital("otto", "otto-1"));
        Answer unused = put(path + "2", clinician, vital("otto", "otto-2"));
        assertThat(shape(other)).isEqualTo(shape(unused));
        assertThat(Ward.delete(path + "1", clinician).status())
                .isEqualTo(Ward.delete(path + "2", clinician).status());
    }

    @Test
    void anImportRecognisesWhatItsClientHasBrought() {
        String patient = patient("paul");
        post("/Observation", TOKENS.patient(patient), vital("paul", "paul-1"));
        conditional(TOKENS.clinicSystem(CLINIC), Ward.newGoal(patient, "Row"));
        ImportClient clinic = ImportClient.ofClinic(Records.CLINIC)
                .file("senders-vitals.ndjson", timed("paul", "paul-1"), timed("paul", "paul-2"))
                .file("senders-goals.ndjson", Ward.newGoal(patient, "Row"), Ward.newGoal(patient, "Cycle"));
        String[] files = {"Observation", "senders-vitals.ndjson", "Goal", "senders-goals.ndjson"};
        assertThat(ImportClient.counts(clinic.imported(files))).containsExactly("complete 2/0/0", "complete 2/0/0");
        assertThat(ImportClient.counts(clinic.imported(files))).containsExactly("complete 0/2/0", "complete 0/2/0");
    }

    @Test
    void whoLoadsRecognisesWhatAnybodyHasBrought() {
        String patient = patient("rosa");
        Answer own = post("/Observation", TOKENS.patient(patient), vital("rosa", "rosa-1"));
        Answer loaded = post("/Observation", TOKENS.loader(), vital("rosa", "rosa-1"));
        assertThat(loaded.status()).isEqualTo(200);
        assertThat(id(loaded)).isEqualTo(id(own));
    }

    /** A patient of two clinics and of a gateway's Device, who permits nobody anything. */
    private static String patient(String name) {
        String patient = Records.id("senders-" + name);
        load(Records.household("senders-" + name));
        load(Records.transaction(
                Records.organization(CLINIC, "Praxis"),
                Records.organization(GATEWAY, "Gateway"),
                Records.careTeam(Records.id("senders-" + name + "-team-2"), patient, CLINIC),
                WalkWorld.ownedCuff(Records.id("senders-" + name + "-cuff"), patient, GATEWAY)));
        permit(name, CLINIC, "Condition");
        permit(name, Records.CLINIC, "Condition");
        return patient;
    }

    private static void permit(String name, String organization, @Nullable String type) {
        String id = "senders-" + name + "-" + organization;
        Consent consent = WalkWorld.consent(Records.id(id), Records.id("senders-" + name));
        consent.getProvision().setProvision(null);
        var permit = Consents.permit(consent, organization, Purpose.TREAT);
        if (type != null) {
            permit.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode(type);
        }
        load(Records.transaction(consent));
    }

    private static String gateway() {
        return TOKENS.token(CallerKind.DEVICE_GATEWAY, claims -> claims.claim("organization", GATEWAY));
    }

    private static Observation vital(String name, String identifier) {
        return Records.heartRate(Records.id("senders-" + name), Records.id("senders-" + name + "-cuff"), identifier);
    }

    /** The same each time, as a file is. */
    private static Observation timed(String name, String identifier) {
        Observation vital = vital(name, identifier);
        vital.setEffective(new DateTimeType("2026-01-05T09:00:00+01:00"));
        return vital;
    }

    private static Answer conditional(String token, Goal goal) {
        return send(request("/Goal", token)
                .header("Content-Type", "application/fhir+json")
                .header(
                        "If-None-Exist",
                        "identifier=" + CHOSEN + "|"
                                + goal.getIdentifierFirstRep().getValue())
                .POST(BodyPublishers.ofString(json(goal))));
    }

    private static String id(Answer answer) {
        return new IdType(answer.header("Location").orElseThrow()).getIdPart();
    }

    private static List<String> statuses(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResponse().getStatus().substring(0, 3))
                .toList();
    }

    /** What tells something, without what is new each time. */
    private static String shape(Answer answer) {
        return (answer.status() + " " + answer.header("ETag") + answer.header("Location") + answer.body())
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[^\"]*", "NOW")
                .replaceAll("(otto|ida)-[12]", "identifier")
                .replaceAll("Walk.to.the.(lake|wood)", "goal");
    }

    private long readings(String patient) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.vital_reading WHERE patient = ?::uuid", Long.class, patient);
        return Optional.ofNullable(count).orElse(0L);
    }
}
