package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Representatives, gateways, and those whose link has ended: what a stored link gives, and from when to when. */
class LinkedCallersInterceptorTest {

    /** Midnight in Berlin after the last day of every period here. */
    private static final Instant FIRST_DAY_AFTER = Instant.parse("2026-12-31T23:00:00Z");

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> daughter = Callers.representative(World.DAUGHTER, World.ANNA);
    private final Map<String, Object> gateway = Callers.gateway();

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr"));
        server.given(Records.withId(Records.heartRate(World.BERND), "hr-bernd"));
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag"));
        server.given(Records.withId(cuff(World.ANNA, World.GATEWAY), "cuff"));
        server.given(Records.withId(cuff(World.ANNA, World.CLINIC), "cuff-of-clinic"));
        server.given(Records.withId(Records.algorithm(), "algorithm"));
        server.given(Records.withId(person(World.ANNA), World.DAUGHTER));
    }

    @Test
    void representativeSeesWhatThePatientSees() {
        server.permits.withdraw(World.ANNA);
        assertThat(server.get(daughter, "Observation").foundIds()).containsExactly("hr");
        assertThat(server.get(daughter, "Observation/hr").status()).isEqualTo(200);
        assertThat(server.get(daughter, "Patient").foundIds()).containsExactly(World.ANNA);
        assertThat(server.get(daughter, "Observation/flag").status())
                .as("unsigned")
                .isEqualTo(404);
        assertThat(server.get(daughter, "Observation/hr-bernd").status()).isEqualTo(404);
        assertThat(server.get(daughter, "Observation?patient=" + World.BERND).foundIds())
                .isEmpty();
    }

    @Test
    void representativeOfSomebodyElseIsNobodyHere() {
        Map<String, Object> pretending = Callers.representative(World.DAUGHTER, World.BERND);
        assertThat(server.get(pretending, "Observation/hr-bernd").status()).isEqualTo(404);
        assertThat(server.get(pretending, "Patient").foundIds()).isEmpty();
        assertThat(server.get(pretending, "Observation/hr").status()).isEqualTo(404);
    }

    @Test
    void representativeWritesVitalsInTheOwnName() {
        Observation vital = Records.heartRate(World.ANNA);
        vital.addPerformer(new Reference("RelatedPerson/" + World.DAUGHTER));
        assertThat(server.post(daughter, "Observation", vital).status()).isEqualTo(201);
        vital.getPerformerFirstRep().setReference("Patient/" + World.ANNA);
        assertThat(server.post(daughter, "Observation", vital).code()).isEqualTo("SN-CONTENT-001");
        Observation ofBernd = Records.heartRate(World.BERND);
        ofBernd.addPerformer(new Reference("RelatedPerson/" + World.DAUGHTER));
        assertThat(server.post(daughter, "Observation", ofBernd).status()).isEqualTo(422);
    }

    @Test
    void representativeGivesConsentsInTheOwnNameAndEndsWhatThePatientGave() {
        Consent own = Records.consent(World.ANNA);
        own.getPerformerFirstRep().setReference("RelatedPerson/" + World.DAUGHTER);
        assertThat(server.post(daughter, "Consent", own).status()).isEqualTo(201);
        assertThat(server.post(daughter, "Consent", Records.consent(World.ANNA)).code())
                .as("in the patient's name")
                .isEqualTo("SN-CONTENT-001");
        Consent ofBernd = Records.consent(World.BERND);
        ofBernd.getPerformerFirstRep().setReference("RelatedPerson/" + World.DAUGHTER);
        assertThat(server.post(daughter, "Consent", ofBernd).status()).isEqualTo(422);

        server.given(Records.withId(Records.consent(World.ANNA), "consent-anna"));
        Consent changed = Records.withId(Records.consent(World.ANNA), "consent-anna");
        changed.getProvision().setType(ConsentProvisionType.PERMIT);
        assertThat(server.put(daughter, "Consent/consent-anna", changed).code())
                .as("another content in the patient's name")
                .isEqualTo("SN-CONTENT-001");
        Consent ended = Records.withId(Records.consent(World.ANNA), "consent-anna");
        ended.setStatus(ConsentState.INACTIVE);
        assertThat(server.put(daughter, "Consent/consent-anna", ended).status()).isEqualTo(200);

        server.given(Records.withId(own.copy(), "consent-daughter"));
        Consent endedByAnna = Records.withId(own.copy(), "consent-daughter");
        endedByAnna.setStatus(ConsentState.INACTIVE);
        assertThat(server.put(Callers.patient(World.ANNA), "Consent/consent-daughter", endedByAnna)
                        .status())
                .isEqualTo(200);
        assertThat(server.post(Callers.patient(World.ANNA), "Consent", own).code())
                .as("in the representative's name")
                .isEqualTo("SN-CONTENT-001");

        server.permits.memberships.clear();
        assertThat(server.post(daughter, "Consent", own).status()).isEqualTo(422);
    }

    @Test
    void gatewayBringsVitalsForWearersOfItsDevices() {
        assertThat(server.post(gateway, "Observation", measured(World.ANNA, "cuff"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(gateway, "Observation", measured(World.BERND, "cuff"))
                        .code())
                .isEqualTo("SN-REFERENCE-001");
        assertThat(server.post(gateway, "Observation", measured(World.ANNA, "cuff-of-clinic"))
                        .code())
                .isEqualTo("SN-REFERENCE-001");
        assertThat(server.post(gateway, "Observation", Records.heartRate(World.ANNA))
                        .code())
                .as("no device named")
                .isEqualTo("SN-CONTENT-001");
        Observation laboratory = measured(World.ANNA, "cuff");
        laboratory.setCategory(List.of(Records.concept(Codes.OBSERVATION_CATEGORY, "laboratory")));
        assertThat(server.post(gateway, "Observation", laboratory).code()).isEqualTo("SN-CONTENT-001");
    }

    /** Whether another's device exists cannot be told from the answer. */
    @Test
    void gatewayLearnsNothingOfOthersDevices() {
        Answer others = server.post(gateway, "Observation", measured(World.ANNA, "cuff-of-clinic"));
        Answer unknown = server.post(gateway, "Observation", measured(World.ANNA, "no-such"));
        assertThat(PolicyServer.comparable(others)).isEqualTo(PolicyServer.comparable(unknown));
    }

    @Test
    void gatewayReadsItsOwnDevicesAndNothingElse() {
        assertThat(server.get(gateway, "Device").foundIds()).containsExactly("cuff");
        assertThat(server.get(gateway, "Device?patient=" + World.ANNA).foundIds())
                .containsExactly("cuff");
        assertThat(server.get(gateway, "Device/cuff").status()).isEqualTo(200);
        assertThat(server.get(gateway, "Device/cuff-of-clinic").status()).isEqualTo(404);
        assertThat(server.get(gateway, "Device/algorithm").status()).isEqualTo(404);
        assertThat(server.get(gateway, "Observation/hr").code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.get(gateway, "Patient/" + World.ANNA).code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.withheldFromSearch).isEmpty();
    }

    // The clock moves

    @Test
    void leaverOfAnInsurerIsGoneTheDayAfter() {
        Coverage coverage = new Coverage();
        coverage.setStatus(CoverageStatus.ACTIVE)
                .setBeneficiary(new Reference("Patient/" + World.ANNA))
                .setPeriod(until());
        coverage.addPayor(new Reference("Organization/" + World.INSURER));
        assertGoneTheDayAfter(coverage, Callers.insurer());
    }

    @Test
    void patientWhoLeftTheCareTeamIsGoneTheDayAfter() {
        CareTeam team = new CareTeam();
        team.setStatus(CareTeamStatus.ACTIVE)
                .setSubject(new Reference("Patient/" + World.ANNA))
                .setPeriod(until());
        team.addParticipant().setMember(new Reference("Organization/" + World.CLINIC));
        assertGoneTheDayAfter(team, Callers.clinician(World.CLINIC));
    }

    @Test
    void representativeEndsWithThePeriod() {
        assertGoneTheDayAfter(person(World.ANNA).setPeriod(until()), daughter);
    }

    @Test
    void representativeBeginsWithThePeriod() {
        Period later = new Period().setStartElement(new DateTimeType("2027-01-01"));
        linkOnlyBy(Records.withId(person(World.ANNA).setPeriod(later), World.DAUGHTER));
        assertThat(server.get(daughter, "Observation/hr").status()).isEqualTo(404);
        server.now = FIRST_DAY_AFTER;
        assertThat(server.get(daughter, "Observation/hr").status()).isEqualTo(200);
    }

    private static void assertGoneTheDayAfter(Resource link, Map<String, Object> caller) {
        linkOnlyBy(link.getIdElement().hasIdPart() ? link : Records.withId(link, World.DAUGHTER));
        server.now = FIRST_DAY_AFTER.minusMillis(1);
        assertThat(server.get(caller, "Observation/hr").status()).isEqualTo(200);
        assertThat(server.get(caller, "Observation?patient=" + World.ANNA).foundIds())
                .contains("hr");
        server.now = FIRST_DAY_AFTER;
        assertThat(server.get(caller, "Observation/hr").status()).isEqualTo(404);
        assertThat(server.get(caller, "Observation?patient=" + World.ANNA).foundIds())
                .isEmpty();
        assertThat(server.get(caller, "Patient").foundIds()).doesNotContain(World.ANNA);
        assertThat(server.get(caller, "Patient/" + World.ANNA).status()).isEqualTo(404);
    }

    private static void linkOnlyBy(Resource source) {
        server.permits.memberships.clear();
        server.permits.memberships.addAll(new MembershipExtractor(ZoneId.of("Europe/Berlin")).extract(source));
    }

    private static Period until() {
        return new Period()
                .setStartElement(new DateTimeType("2026-01-01"))
                .setEndElement(new DateTimeType("2026-12-31"));
    }

    private static RelatedPerson person(String patientId) {
        return new RelatedPerson().setActive(true).setPatient(new Reference("Patient/" + patientId));
    }

    private static Device cuff(String patientId, String owner) {
        return Records.cuff(patientId)
                .setStatus(FHIRDeviceStatus.ACTIVE)
                .setOwner(new Reference("Organization/" + owner));
    }

    private static Observation measured(String patientId, String device) {
        Observation vital = Records.heartRate(patientId);
        vital.setDevice(new Reference("Device/" + device));
        return vital;
    }
}
