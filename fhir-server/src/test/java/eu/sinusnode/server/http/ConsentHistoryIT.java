package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;

/** What was permitted, changed and withdrawn, when and by whom, as the patient reads it. */
class ConsentHistoryIT extends RunningServer {

    private static Consent version(BundleEntryComponent entry) {
        return (Consent) entry.getResource();
    }

    @Test
    void thePatientReadsWhatWasGivenChangedAndWithdrawnAndByWhom() {
        String patient = Ward.hidden("consent-history");
        String other = Ward.open("consent-history-other");
        String daughter = Records.id("consent-history-daughter");
        load(Records.transaction(
                WalkWorld.daughter(daughter, patient, new Period().setStartElement(new DateTimeType("2020-01-01")))));
        String own = TOKENS.patient(patient);
        Consent consent = WalkWorld.consent("none", patient);
        consent.setId((String) null);
        Answer given = post("/Consent", own, consent);
        assertThat(given.status()).as(given.body()).isEqualTo(201);
        String id = given.resource().getIdElement().getIdPart();
        consent.setId(id);
        Consents.permit(consent, Records.CENTRE, Purpose.TREAT);
        consent.getProvision().getProvision().remove(0);
        Answer changed = put("/Consent/" + id, TOKENS.loader(), consent);
        consent.setStatus(ConsentState.INACTIVE);
        Answer withdrawn = put("/Consent/" + id, own, consent);
        assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(200);

        for (String token : List.of(own, WalkWorld.representative(daughter, patient))) {
            for (String path : List.of("/Consent/_history", "/Consent/" + id + "/_history")) {
                List<BundleEntryComponent> history = get(path, token).bundle().getEntry();
                assertThat(history)
                        .as("newest first, and no other patient's: " + path)
                        .extracting(entry -> version(entry).getStatus())
                        .startsWith(ConsentState.INACTIVE)
                        .endsWith(ConsentState.ACTIVE);
                assertThat(history).hasSize(changed.status() == 200 ? 3 : 2).allSatisfy(entry -> {
                    assertThat(version(entry).getPatient().getReference()).isEqualTo("Patient/" + patient);
                    assertThat(version(entry).getMeta().hasLastUpdated()).isTrue();
                    assertThat(version(entry).getProvision().getProvision()).isNotEmpty();
                });
                assertThat(history.get(history.size() - 1).getResource())
                        .satisfies(
                                first -> assertThat(json((Consent) first)).contains("Organization/" + Records.CLINIC));
            }
        }
        assertThat(get("/Consent/_history", TOKENS.patient(other)).body()).doesNotContain(id);
        assertThat(get("/Consent/_history", WalkWorld.token(CallerKind.CLINICIAN))
                        .status())
                .isEqualTo(403);

        String log = get("/Patient/" + patient + "/$access-log?count=50", own).body();
        assertThat(log).contains("You entered your consents (1)", "You changed your consents (1)");
        assertThat(Audited.by(withdrawn)).singleElement().satisfies(event -> {
            assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.U);
            assertThat(json(event)).contains("Consent/" + id);
        });
    }
}
