package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.server.projection.Consents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who leaves a clinic or an insurer, or moves to another one: access ends and begins with what gives it, and with nothing else. */
class LeaversIT extends RunningServer {

    private static final String NEW_CLINIC = Records.id("leavers-new-clinic");

    private static int ways;

    private final String clinician = TOKENS.clinician(Records.CLINIC);
    private final String insurer = WalkWorld.token(CallerKind.INSURER);

    /** A week off, so that no clock and no zone matters. */
    private static DateTimeType inDays(int days) {
        return Records.at(Instant.now().plus(Duration.ofDays(days)));
    }

    private static String id(String name) {
        return Records.id("leavers-" + name);
    }

    private static String ward(String name) {
        return Ward.open("leavers-" + name);
    }

    private static CareTeam team(String name) {
        return Records.careTeam(id(name + "-team"), id(name), Records.CLINIC);
    }

    private static void assertSeen(String name, String token) {
        assertThat(get("/Patient/" + id(name), token).status()).isEqualTo(200);
        assertThat(get("/Observation?patient=" + id(name), token).bundle().getEntry())
                .isNotEmpty();
        assertThat(get("/Observation/$lastn?category=vital-signs&patient=" + id(name), token)
                        .bundle()
                        .getEntry())
                .isNotEmpty();
    }

    /** Neither by id, nor by search, nor by what else leads to a record. */
    private static void assertNotSeen(String name, String token) {
        for (String path : List.of(
                "/Patient/" + id(name),
                "/Patient/" + id(name) + "/_history/1",
                "/Patient/" + id(name) + "/$everything",
                "/Goal/" + Ward.goal("leavers-" + name),
                "/Goal/" + Ward.goal("leavers-" + name) + "/_history")) {
            assertThat(get(path, token).status()).as(path).isEqualTo(404);
        }
        for (String search : List.of(
                "/Observation?patient=" + id(name),
                "/Observation/$lastn?category=vital-signs&patient=" + id(name),
                "/Goal?patient=" + id(name),
                "/Patient?_id=" + id(name),
                "/Goal?patient.family=Brandt&_id=" + Ward.goal("leavers-" + name))) {
            assertThat(get(search, token).bundle().getEntry()).as(search).isEmpty();
        }
        Parameters asked = new Parameters();
        asked.addParameter().setName("resource").setResource(Records.patient(id(name)));
        assertThat(post("/Patient/$match", token, asked).body()).doesNotContain(id(name));
        Answer written = post("/Goal", TOKENS.clinicSystem(Records.CLINIC), Ward.newGoal(id(name), "Late"));
        assertThat(written.codes()).contains("SN-REFERENCE-001");
    }

    private static Stream<Consumer<CareTeam>> waysToEnd() {
        return Stream.of(
                team -> team.getPeriod().setEndElement(inDays(-7)),
                team -> team.getParticipantFirstRep().getPeriod().setEndElement(inDays(-7)),
                team -> team.setStatus(CareTeamStatus.INACTIVE),
                team -> team.setStatus(CareTeamStatus.SUSPENDED),
                team -> team.getPeriod().setStartElement(inDays(7)),
                team -> team.getParticipantFirstRep().setMember(new Reference("Organization/" + Records.CENTRE)));
    }

    @ParameterizedTest
    @MethodSource("waysToEnd")
    void theClinicSeesNothingOnceItsPlaceInTheCareTeamHasEnded(Consumer<CareTeam> way) {
        String name = "left-" + ways++;
        ward(name);
        assertSeen(name, clinician);

        CareTeam ended = team(name);
        way.accept(ended);
        load(Records.transaction(ended));

        assertNotSeen(name, clinician);
        assertSeen(name, TOKENS.patient(id(name)));
        load(Records.transaction(team(name)));
        assertSeen(name, clinician);
    }

    @Test
    void theNewClinicNeedsACareTeamAndAConsentAndSeesWhatTheOldOneWrote() {
        ward("moved");
        load(Records.transaction(Records.organization(NEW_CLINIC, "Herzpraxis am See")));
        String there = TOKENS.clinician(NEW_CLINIC);
        assertThat(get("/Patient/" + id("moved"), there).status()).isEqualTo(404);

        load(Records.transaction(Records.careTeam(id("moved-team-2"), id("moved"), NEW_CLINIC)));
        assertThat(get("/Patient/" + id("moved"), there).status())
                .as("no Consent permits it yet")
                .isEqualTo(404);
        Consent consent = WalkWorld.consent(id("moved-consent-2"), id("moved"));
        consent.getProvision().getProvision().clear();
        Consents.permit(consent, NEW_CLINIC, Purpose.TREAT);
        assertThat(put("/Consent/" + id("moved-consent-2"), TOKENS.loader(), consent)
                        .status())
                .isIn(200, 201);
        assertSeen("moved", there);
        assertThat(get("/Goal/" + Ward.goal("leavers-moved"), there).status()).isEqualTo(200);

        CareTeam ended = team("moved");
        ended.getPeriod().setEndElement(inDays(-7));
        load(Records.transaction(ended));
        assertNotSeen("moved", clinician);
        assertSeen("moved", there);
        CareTeam over = Records.careTeam(id("moved-team-2"), id("moved"), NEW_CLINIC);
        over.setStatus(CareTeamStatus.INACTIVE);
        load(Records.transaction(over));
        assertThat(get("/Patient/" + id("moved"), there).status())
                .as("the Consent alone gives nothing")
                .isEqualTo(404);
    }

    @Test
    void anInsurerSeesWithinThePeriodOfItsCoverage() {
        ward("insured");
        assertThat(get("/Patient/" + id("insured"), insurer).status()).isEqualTo(404);
        Coverage coverage = WalkWorld.coverage(
                id("insured-coverage"), id("insured"), Records.INSURER, new Period().setStartElement(inDays(-700)));
        load(Records.transaction(coverage));
        assertThat(get("/Patient/" + id("insured"), insurer).status()).isEqualTo(200);

        coverage.getPeriod().setEndElement(inDays(-7));
        load(Records.transaction(coverage));
        assertThat(get("/Patient/" + id("insured"), insurer).status()).isEqualTo(404);
        assertThat(get("/Coverage/" + id("insured-coverage"), insurer).status()).isEqualTo(404);
    }

    @Test
    void aRepresentativeEndsWithThePeriod() {
        ward("mother");
        String daughter = WalkWorld.representative(id("daughter"), id("mother"));
        load(Records.transaction(
                WalkWorld.daughter(id("daughter"), id("mother"), new Period().setStartElement(inDays(-700)))));
        assertSeen("mother", daughter);
        load(Records.transaction(WalkWorld.daughter(
                id("daughter"),
                id("mother"),
                new Period().setStartElement(inDays(-700)).setEndElement(inDays(-7)))));
        assertThat(get("/Patient/" + id("mother"), daughter).status()).isEqualTo(404);
    }

    /** Who keeps a record, and whether it is in use, is not who may see it. */
    @Test
    void whatThePatientSaysOfItselfGivesAndEndsNoAccess() {
        ward("inactive");
        load(Records.transaction(Records.organization(NEW_CLINIC, "Herzpraxis am See")));
        Patient patient = Records.patient(id("inactive")).setActive(false);
        patient.setManagingOrganization(new Reference("Organization/" + NEW_CLINIC));
        patient.addGeneralPractitioner(new Reference("Organization/" + NEW_CLINIC));
        load(Records.transaction(patient));

        assertSeen("inactive", clinician);
        assertThat(get("/Patient/" + id("inactive"), TOKENS.clinician(NEW_CLINIC))
                        .status())
                .isEqualTo(404);
        assertThat(get("/Patient?_id=" + id("inactive") + "&active=true", clinician)
                        .bundle()
                        .getEntry())
                .isEmpty();
    }
}
