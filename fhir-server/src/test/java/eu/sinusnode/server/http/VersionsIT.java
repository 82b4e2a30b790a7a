package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.Test;

/** Earlier versions: who may have the record may have those versions that it might have had. */
class VersionsIT extends RunningServer {

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers({"http.html#vread", "http.html#history-instance"})
    void everyVersionIsThereAndTheHistoryBeginsWithTheNewest() {
        String patient = Ward.open("versions-anja");
        String path = "/Goal/" + Ward.goal("versions-anja");
        change(path, patient, "Walk twice a day");

        assertThat(((Goal) get(path + "/_history/1", clinician).resource())
                        .getDescription()
                        .getText())
                .isEqualTo("Walk every day");
        assertThat(get(path + "/_history/2", clinician).header("ETag")).contains("W/\"2\"");
        Bundle history = get(path + "/_history", clinician).bundle();
        assertThat(history.getType()).isEqualTo(Bundle.BundleType.HISTORY);
        assertThat(history.hasTotal()).isFalse();
        assertThat(history.getEntry())
                .extracting(entry -> entry.getRequest().getMethod())
                .containsExactly(HTTPVerb.PUT, HTTPVerb.POST);
        assertThat(history.getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getVersionIdPart())
                .containsExactly("2", "1");
    }

    /** A read goes a way of its own to the storage; HAPI's way to the same version must give the same. */
    @Test
    @Covers({"http.html#read", "http.html#vread"})
    void aReadAnswersAsTheReadOfItsCurrentVersionDoes() {
        String patient = Ward.open("versions-ada");
        Goal goal = Ward.newGoal(patient, "With everything in its meta");
        goal.setId(Ward.goal("versions-ada"));
        goal.getMeta()
                .setSource("https://clinic.example/app")
                .addTag(new Coding("https://clinic.example/tags", "b", "Second"))
                .addTag(new Coding("https://clinic.example/tags", "a", "First"));
        String path = "/Goal/" + Ward.goal("versions-ada");
        assertThat(put(path, clinician, goal).status()).isEqualTo(200);

        Answer current = get(path, clinician);
        Answer version = get(path + "/_history/2", clinician);

        assertThat(((Goal) current.resource()).getMeta().getTag()).hasSize(2);
        assertThat(current.body()).isEqualTo(version.body());
        for (String header : List.of("ETag", "Last-Modified", "Content-Type")) {
            assertThat(current.header(header)).as(header).isPresent().isEqualTo(version.header(header));
        }
    }

    @Test
    @Covers({"http.html#history-parameters", "http.html#history-type"})
    void aHistoryIsPagedAndItsPagesBelongToTheirCaller() {
        String patient = Ward.open("versions-berta");
        String path = "/Goal/" + Ward.goal("versions-berta");
        change(path, patient, "Two");
        change(path, patient, "Three");
        String own = TOKENS.patient(patient);

        for (String start : List.of(path + "/_history?_count=2", "/Goal/_history?_count=2")) {
            Bundle first = get(start, own).bundle();
            assertThat(first.getEntry()).hasSize(2);
            String next = first.getLink("next").getUrl();
            Bundle second = get(next, own).bundle();
            assertThat(second.getEntry()).hasSize(1);
            assertThat(second.getLink("next")).isNull();
            assertThat(get(next, TOKENS.patient(Records.id("versions-nobody"))).status())
                    .isEqualTo(410);
            assertThat(get(next.replaceFirst("_page=[^&]+", "_page=x.1"), own).status())
                    .isEqualTo(410);
        }
        String changed = ((Goal) get(path + "/_history/2", own).resource())
                .getMeta()
                .getLastUpdatedElement()
                .getValueAsString()
                .replace("+", "%2B");
        assertThat(get(path + "/_history?_since=" + changed, own).bundle().getEntry())
                .hasSize(2);
        assertThat(get(path + "/_history?_at=gt" + changed, own).bundle().getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getVersionIdPart())
                .contains("3");
        assertThat(get(path + "/_history?_list=x", own).codes()).containsExactly("SN-SEARCH-001");
    }

    @Test
    @Covers({"http.html#vread", "http.html#history-instance"})
    void aRecordThatIsHiddenNowAnswersLikeAnUnknownOneWhateverItWas() {
        Ward.hidden("versions-carla");
        String path = "/Goal/" + Ward.goal("versions-carla");
        String unknown = "/Goal/" + Records.id("versions-unknown");

        for (String form : List.of("", "/_history", "/_history/1", "/_history/2", "/_history/x")) {
            Answer hidden = get(path + form, clinician);
            Answer none = get(unknown + form, clinician);
            assertThat(hidden.status()).as(form).isEqualTo(none.status()).isBetween(400, 404);
            assertThat(hidden.body().replace(Ward.goal("versions-carla"), "ID"))
                    .isEqualTo(none.body().replace(Records.id("versions-unknown"), "ID"));
        }
    }

    @Test
    @Covers("http.html#history-instance")
    void withdrawalClosesEarlierVersionsToo() {
        String patient = Ward.open("versions-dora");
        String path = "/Goal/" + Ward.goal("versions-dora");
        assertThat(get(path + "/_history", clinician).status()).isEqualTo(200);
        Consent withdrawn = Ward.consent("versions-dora").setStatus(ConsentState.INACTIVE);
        assertThat(put("/Consent/" + Records.id("versions-dora-consent"), TOKENS.patient(patient), withdrawn)
                        .status())
                .isEqualTo(200);

        assertThat(get(path + "/_history", clinician).status()).isEqualTo(404);
        assertThat(get(path + "/_history/1", clinician).status()).isEqualTo(404);
        assertThat(get("/Goal/_history", clinician).body()).doesNotContain(Ward.goal("versions-dora"));
        assertThat(get(path + "/_history", TOKENS.patient(patient)).status()).isEqualTo(200);
    }

    @Test
    @Covers({"http.html#vread", "http.html#history-type"})
    void aVersionThatWasNotSignedIsNotShownToThePatient() {
        String patient = Ward.open("versions-elsa");
        Observation vital = Records.heartRate(patient, Records.id("versions-elsa-cuff"), "versions-elsa-2");
        vital.setStatus(ObservationStatus.PRELIMINARY);
        vital.setId(Records.id("versions-elsa-preliminary"));
        load(Records.transaction(vital));
        vital.setStatus(ObservationStatus.FINAL);
        load(Records.transaction(vital));
        String path = "/Observation/" + Records.id("versions-elsa-preliminary");
        String own = TOKENS.patient(patient);

        assertThat(get(path + "/_history/2", own).status()).isEqualTo(200);
        assertThat(get(path + "/_history/1", own).status()).isEqualTo(404);
        assertThat(get(path + "/_history/1", clinician).status()).isEqualTo(200);
        assertThat(get(path + "/_history", own).bundle().getEntry()).hasSize(1);
        assertThat(get("/Observation/_history", own).body()).doesNotContain("\"preliminary\"");
    }

    @Test
    @Covers("http.html#history-type")
    void theHistoryOfATypeHoldsNobodyElsesRecords() {
        String anna = Ward.open("versions-fritz");
        Ward.open("versions-gerd");
        String own = TOKENS.patient(anna);

        for (String type : List.of("Goal", "Observation", "Patient", "CareTeam", "Device", "Consent")) {
            String body = get("/" + type + "/_history?_count=100", own).body();
            assertThat(body).contains(anna).doesNotContain(Records.id("versions-gerd"));
        }
        assertThat(get("/Provenance/_history", clinician).codes()).containsExactly("SN-SEARCH-002");
        assertThat(get("/Goal/_history", WalkWorld.token(CallerKind.INSURER)).codes())
                .containsExactly("SN-INTERACTION-001");
        assertThat(get("/Goal/_history", WalkWorld.token(CallerKind.ADMINISTRATOR))
                        .codes())
                .containsExactly("SN-INTERACTION-001");
    }

    @Test
    @Covers({"http.html#history-system", "http.html#history-list"})
    void theHistoryOfEverythingIsClosed() {
        for (CallerKind kind : CallerKind.values()) {
            assertThat(get("/_history", WalkWorld.token(kind)).status()).isBetween(400, 499);
        }
    }

    private void change(String path, String patient, String text) {
        Goal goal = Ward.newGoal(patient, text);
        goal.setId(path.substring(path.lastIndexOf('/') + 1));
        assertThat(put(path, clinician, goal).status()).isEqualTo(200);
    }
}
