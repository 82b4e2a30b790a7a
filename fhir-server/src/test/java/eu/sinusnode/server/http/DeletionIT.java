package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import java.util.EnumSet;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Who may delete what, what a deletion reaches, and who is told that something was there. */
class DeletionIT extends RunningServer {

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers({"http.html#delete", "http.html#vread", "http.html#history-instance", "http.html#history-type"})
    void whatWasDeletedIsGoneForThoseWhoMightHaveReadItAndUnknownToOthers() {
        String patient = Ward.open("deletion-anja");
        String path = "/Goal/" + Ward.goal("deletion-anja");
        load(Records.transaction(Records.organization(Records.id("deletion-other-clinic"), "Praxis")));
        String other = TOKENS.clinician(Records.id("deletion-other-clinic"));

        assertThat(Ward.delete(path, clinician).status()).isEqualTo(204);
        Answer gone = get(path, clinician);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.body()).doesNotContain("Walk");
        assertThat(get(path, TOKENS.patient(patient)).status()).isEqualTo(410);
        assertThat(Ward.delete(path, clinician).status()).isEqualTo(204);
        assertThat(get(path + "/_history", clinician).bundle().getEntry())
                .extracting(entry -> entry.getRequest().getMethod())
                .containsExactly(HTTPVerb.DELETE, HTTPVerb.POST);
        assertThat(get("/Goal/_history", clinician).bundle().getEntry())
                .anyMatch(entry -> entry.getRequest().getMethod() == HTTPVerb.DELETE
                        && entry.getFullUrl().contains(Ward.goal("deletion-anja")));
        assertThat(get(path + "/_history/1", clinician).status()).isEqualTo(200);
        assertThat(get(path + "/_history/2", clinician).status()).isEqualTo(410);
        String unknown = "/Goal/" + Records.id("deletion-unknown");
        for (String form : List.of("", "/_history", "/_history/1", "/_history/2")) {
            Answer ofDeleted = get(path + form, other);
            Answer ofUnknown = get(unknown + form, other);
            assertThat(ofDeleted.status()).as(form).isEqualTo(404);
            assertThat(ofDeleted.body().replace(Ward.goal("deletion-anja"), "ID"))
                    .isEqualTo(ofUnknown.body().replace(Records.id("deletion-unknown"), "ID"));
        }
        assertThat(get("/Goal/_history", other).body()).doesNotContain(Ward.goal("deletion-anja"));
        assertThat(Ward.delete(path, other).body().replace(Ward.goal("deletion-anja"), "ID"))
                .isEqualTo(Ward.delete(unknown, other).body().replace(Records.id("deletion-unknown"), "ID"));
    }

    @Test
    @Covers("http.html#delete")
    void aHiddenRecordIsNotDeleted() {
        Ward.hidden("deletion-berta");
        Answer hidden = Ward.delete("/Goal/" + Ward.goal("deletion-berta"), clinician);
        Answer unknown = Ward.delete("/Goal/" + Records.id("deletion-unknown"), clinician);

        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body().replace(Ward.goal("deletion-berta"), "ID"))
                .isEqualTo(unknown.body().replace(Records.id("deletion-unknown"), "ID"));
        assertThat(get("/Goal/" + Ward.goal("deletion-berta"), TOKENS.patient(Records.id("deletion-berta")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Covers("http.html#delete")
    void aPatientTakesBackOwnVitalsAndNothingElse() {
        String patient = Ward.open("deletion-carla");
        String own = TOKENS.patient(patient);
        Observation byClinic = Records.heartRate(patient, Records.id("deletion-carla-cuff"), "deletion-carla-clinic");
        byClinic.addPerformer(new Reference("Organization/" + Records.CLINIC));
        byClinic.setId(Records.id("deletion-carla-clinic"));
        load(Records.transaction(byClinic));

        assertThat(Ward.delete("/Observation/" + Records.id("deletion-carla-clinic"), own)
                        .codes())
                .containsExactly("SN-CONTENT-001");
        assertThat(Ward.delete("/Goal/" + Ward.goal("deletion-carla"), own).codes())
                .containsExactly("SN-INTERACTION-001");
        assertThat(Ward.delete("/Observation/" + Ward.vital("deletion-carla"), own)
                        .status())
                .isEqualTo(204);
    }

    @Test
    @Covers("http.html#delete")
    void aDeletedVitalLeavesTheFastLaneAndItsIdentifierIsFreeAgain() {
        String patient = Ward.open("deletion-dora");
        String vital = Ward.vital("deletion-dora");
        assertThat(rows("vital_reading", "observation", vital)).isEqualTo(1);
        assertThat(rows("sent_identifier", "record", vital)).isEqualTo(1);

        assertThat(Ward.delete("/Observation/" + vital, TOKENS.patient(patient)).status())
                .isEqualTo(204);
        assertThat(rows("vital_reading", "observation", vital)).isZero();
        assertThat(rows("sent_identifier", "record", vital)).isZero();
        assertThat(get("/Observation?patient=" + patient, TOKENS.patient(patient))
                        .bundle()
                        .getEntry())
                .isEmpty();
        Observation again = Records.heartRate(patient, Records.id("deletion-dora-cuff"), "deletion-dora-1");
        assertThat(post("/Observation", TOKENS.patient(patient), again).status())
                .isEqualTo(201);
    }

    @Test
    @Covers("http.html#delete")
    void whatADeletedRecordGaveEndsWithIt() {
        Ward.open("deletion-elsa");
        String team = Records.id("deletion-elsa-team");
        assertThat(rows("membership", "source", team)).isEqualTo(1);
        assertThat(get("/Goal/" + Ward.goal("deletion-elsa"), clinician).status())
                .isEqualTo(200);

        assertThat(Ward.delete("/CareTeam/" + team, TOKENS.loader()).status()).isEqualTo(204);
        assertThat(rows("membership", "source", team)).isZero();
        assertThat(get("/Goal/" + Ward.goal("deletion-elsa"), clinician).status())
                .isEqualTo(404);
    }

    @Test
    @Covers("http.html#delete")
    void consentsAndTheAuditAreNotDeletedByAnybody() {
        String patient = Ward.open("deletion-fritz");
        String consent = "/Consent/" + Records.id("deletion-fritz-consent");
        for (CallerKind kind : EnumSet.complementOf(EnumSet.of(CallerKind.DEVICE_GATEWAY))) {
            assertThat(Ward.delete(consent, WalkWorld.token(kind)).codes()).containsExactly("SN-INTERACTION-001");
        }
        assertThat(Ward.delete(consent, TOKENS.patient(patient)).codes()).containsExactly("SN-INTERACTION-001");
        assertThat(Ward.delete("/AuditEvent/" + Records.id("x"), TOKENS.loader())
                        .status())
                .isBetween(400, 499);
    }

    @Test
    @Covers("http.html#delete")
    void whatIsReferredToStaysAndTheRefusalNamesNobody() {
        String patient = Ward.open("deletion-gerd");

        Answer refused = Ward.delete("/Patient/" + patient, TOKENS.loader());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.codes()).containsExactly("SN-REQUEST-025");
        assertThat(refused.body()).doesNotContain("Observation").doesNotContain(Ward.vital("deletion-gerd"));
        assertThat(get("/Patient/" + patient, TOKENS.patient(patient)).status()).isEqualTo(200);
    }

    @Test
    @Covers({"http.html#cdelete", "http.html#cdelete-many"})
    void aConditionalDeleteReachesTheOneRecordThatTheCallerMayFind() {
        String patient = Ward.open("deletion-hanna");
        Ward.hidden("deletion-ida");
        load(Records.transaction(
                goal(patient, "deletion-hanna-2", "Second"), goal(patient, "deletion-hanna-3", "Second")));

        Answer hidden = Ward.delete("/Goal?patient=" + Records.id("deletion-ida"), clinician);
        Answer unknown = Ward.delete("/Goal?patient=" + Records.id("deletion-unknown"), clinician);
        assertThat(hidden.status()).isEqualTo(unknown.status()).isEqualTo(204);
        assertThat(get("/Goal/" + Ward.goal("deletion-ida"), TOKENS.patient(Records.id("deletion-ida")))
                        .status())
                .isEqualTo(200);
        String condition = "/Goal?patient=" + patient + "&identifier=https://clinic.example/goals%7C";
        Answer several = Ward.delete(condition + "Second", clinician);
        assertThat(several.status()).isEqualTo(412);
        assertThat(several.codes()).containsExactly("SN-REQUEST-022");
        assertThat(Ward.delete(condition + "Walk-every-day", clinician).status())
                .isEqualTo(204);
        assertThat(get("/Goal/" + Ward.goal("deletion-hanna"), clinician).status())
                .isEqualTo(410);
        assertThat(Ward.delete(condition + "Walk-every-day", clinician).status())
                .isEqualTo(204);
        for (String closed : List.of(
                "/Goal", "/Goal?_has:Provenance:target:recorded=x", "/Goal?_sort=_id", "/Goal?patient.name=x")) {
            assertThat(Ward.delete(closed, clinician).status()).as(closed).isEqualTo(403);
        }
        assertThat(Ward.delete(condition + "Second", TOKENS.loader()).codes())
                .as("the loader may not search")
                .containsExactly("SN-INTERACTION-001");
    }

    private static Goal goal(String patient, String id, String text) {
        Goal goal = Ward.newGoal(patient, text);
        goal.setId(Records.id(id));
        return goal;
    }

    private long rows(String table, String column, String id) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode." + table + " WHERE " + column + " = ?::uuid", Long.class, id);
        return count == null ? 0 : count;
    }
}
