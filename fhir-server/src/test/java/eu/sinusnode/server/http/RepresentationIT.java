package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A representative has what the RelatedPerson gives, as it is stored at the moment of the request: within its period
 * (http://hl7.org/fhir/R4/relatedperson-definitions.html#RelatedPerson.period), while it is active, for its patient.
 */
class RepresentationIT extends RunningServer {

    private static final Duration HOUR = Duration.ofHours(1);

    private final String patient = UUID.randomUUID().toString();
    private final String person = UUID.randomUUID().toString();
    private final String vital = UUID.randomUUID().toString();
    private final String token = WalkWorld.representative(person, patient);
    private final String cuff = UUID.randomUUID().toString();
    private final Instant now = Instant.now();

    @BeforeEach
    void patientWithAReading() {
        Observation reading = Records.heartRate(patient, cuff, "representation-" + vital);
        reading.setId(vital);
        load(Records.transaction(Records.patient(patient), Records.cuff(cuff, patient)));
        load(Records.transaction(reading));
        store(within(now.minus(HOUR), now.plus(HOUR)));
    }

    @Test
    void aPeriodThatHasEndedClosesTheRecordForTheNextRequest() {
        assertOpen();
        store(within(now.minus(HOUR), now.minusSeconds(1)));
        assertClosed();
        store(within(now.minus(HOUR), now.plus(HOUR)));
        assertOpen();
    }

    @Test
    void aPeriodThatHasNotBegunOpensNothing() {
        store(within(now.plus(HOUR), null));
        assertClosed();
        store(within(now.minusSeconds(1), null));
        assertOpen();
    }

    /** Nothing is written when the time comes: each request looks at the clock. */
    @Test
    void aPeriodEndsByItself() throws InterruptedException {
        Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        store(within(now.minus(HOUR), end));
        Instant patience = end.plusSeconds(60);
        while (true) {
            Instant asked = Instant.now();
            int status = get("/Observation/" + vital, token).status();
            if (status == 404) {
                assertThat(Instant.now()).as("closed too early").isAfter(end);
                break;
            }
            assertThat(status).isEqualTo(200);
            assertThat(asked).as("still open").isBefore(end.plusMillis(1));
            assertThat(asked).isBefore(patience);
            Thread.sleep(100);
        }
        assertClosed();
    }

    @Test
    void whoIsNoLongerActiveOrWhoseRecordIsGoneHasNothing() {
        store(person -> person.setActive(false));
        assertClosed();
        store(person -> person.setActive(true));
        assertOpen();
        assertThat(Ward.delete("/RelatedPerson/" + person, TOKENS.loader()).status())
                .isEqualTo(204);
        assertClosed();
    }

    @Test
    void aRecordThatNamesAnotherPatientOpensNothing() {
        String other = UUID.randomUUID().toString();
        load(Records.transaction(Records.patient(other)));

        assertClosed(WalkWorld.representative(person, other), "/Patient/" + other);
        assertClosed(WalkWorld.representative(UUID.randomUUID().toString(), patient), "/Patient/" + patient);
        assertOpen();
    }

    /** Who acts for the patient permits for the patient, in the own name; either of the two ends it. */
    @Test
    void whatARepresentativePermitsHoldsUntilOneOfTheTwoEndsIt() {
        WalkWorld.load();
        load(Records.transaction(Records.careTeam(UUID.randomUUID().toString(), patient, Records.CLINIC)));
        String clinic = TOKENS.clinician(Records.CLINIC);
        Consent consent = WalkWorld.consent("", patient);
        consent.setId((String) null);
        assertThat(post("/Consent", token, consent).codes())
                .as("in the patient's name")
                .containsOnly("SN-CONTENT-001");
        consent.getPerformerFirstRep().setReference("RelatedPerson/" + person);
        assertThat(get("/Observation/" + vital, clinic).status()).isEqualTo(404);

        Answer given = post("/Consent", token, consent);
        assertThat(given.status()).as(given.body()).isEqualTo(201);
        assertThat(get("/Observation/" + vital, clinic).status()).isEqualTo(200);

        store(within(now.minus(HOUR), now.minusSeconds(1)));
        assertThat(get("/Observation/" + vital, clinic).status())
                .as("what was permitted within the period")
                .isEqualTo(200);
        Consent stored = (Consent) given.resource();
        stored.setStatus(ConsentState.INACTIVE);
        String path = "/Consent/" + stored.getIdElement().getIdPart();
        assertThat(put(path, token, stored).status()).as("after the period").isEqualTo(404);
        Answer ended = put(path, TOKENS.patient(patient), stored);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(get("/Observation/" + vital, clinic).status()).isEqualTo(404);
        assertThat(post("/Consent", token, consent).status())
                .as("after the period")
                .isEqualTo(422);
    }

    private void assertOpen() {
        for (String path : List.of(
                "/Patient/" + patient,
                "/Observation/" + vital,
                "/Observation/" + vital + "/_history/1",
                "/RelatedPerson/" + person,
                "/Patient/" + patient + "/$everything",
                "/Patient/" + patient + "/$access-log")) {
            Answer answer = get(path, token);
            assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        }
        assertThat(found("/Observation?patient=" + patient)).containsExactly(vital);
        assertThat(post("/Observation/$validate", token, ownReading()).status()).isEqualTo(200);
    }

    private void assertClosed() {
        for (String path : List.of(
                "/Patient/" + patient,
                "/Observation/" + vital,
                "/Observation/" + vital + "/_history/1",
                "/Patient/" + patient + "/$everything",
                "/Patient/" + patient + "/$access-log")) {
            assertClosed(token, path);
        }
        assertThat(found("/Observation?patient=" + patient)).isEmpty();
        assertThat(found("/Observation?_id=" + vital)).isEmpty();
        Answer written = post("/Observation", token, ownReading());
        assertThat(written.status()).as(written.body()).isEqualTo(422);
        assertThat(written.codes()).containsOnly("SN-REFERENCE-001");
        assertThat(found(TOKENS.patient(patient), "/Observation?patient=" + patient))
                .as("nothing was written")
                .containsExactly(vital);
    }

    /** As an unknown record would answer; the reason stands in the audit. */
    private static void assertClosed(String token, String path) {
        Answer answer = get(path, token);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(404);
        assertThat(answer.body()).as(path).contains(" is not known").doesNotContain("SN-");
        assertThat(Audited.by(answer)).as(path).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._4);
            assertThat(event.getOutcomeDesc()).startsWith("SN-RELATIONSHIP-001: ");
        });
    }

    private List<String> found(String search) {
        return found(token, search);
    }

    private static List<String> found(String token, String search) {
        Answer answer = get(search, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private Resource ownReading() {
        return Records.heartRate(patient, cuff, "representation-own-" + UUID.randomUUID());
    }

    private static Consumer<RelatedPerson> within(Instant start, @Nullable Instant end) {
        return person -> {
            Period period = new Period().setStartElement(at(start));
            person.setPeriod(end == null ? period : period.setEndElement(at(end)));
        };
    }

    private static DateTimeType at(Instant instant) {
        DateTimeType time = new DateTimeType(Date.from(instant), TemporalPrecisionEnum.MILLI);
        time.setTimeZone(TimeZone.getTimeZone("UTC"));
        return time;
    }

    private void store(Consumer<RelatedPerson> change) {
        RelatedPerson stored = WalkWorld.daughter(person, patient, new Period());
        within(now.minus(HOUR), now.plus(HOUR)).accept(stored);
        change.accept(stored);
        load(Records.transaction(stored));
    }
}
