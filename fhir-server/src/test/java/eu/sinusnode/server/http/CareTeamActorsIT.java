package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mia permits whoever takes part in her CareTeam: who that is, the team says, now. */
class CareTeamActorsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("team-actors");
    private static final String REHAB = Records.id("team-actors-rehab");
    private static boolean loaded;

    @BeforeEach
    void world() {
        if (!loaded) {
            loaded = true;
            WORLD.clinic();
            load(Records.transaction(Records.organization(REHAB, "Rehabilitation")));
            WORLD.person("mia", "Team", "1950-01-01", false);
            WORLD.person("noah", "Team", "1960-01-01", true);
            load(Records.transaction(WORLD.heartRate("mia", "rate", 61, "2026-06-01T08:00:00Z")));
        }
        load(Records.transaction(team(WORLD.clinicId()), permitting("team-mia")));
    }

    @Test
    void whoTakesPartIsPermittedAndNobodyElse() {
        assertThat(read(WORLD.clinicId())).isEqualTo(200);
        assertThat(read(REHAB)).isEqualTo(404);
        WORLD.assertFound("Observation?patient=MIA", "rate");
        WORLD.assertFound("Observation?code=http://loinc.org|8867-4", "rate");
    }

    @Test
    void whoComesIsPermittedWithTheNextRequestAndWhoGoesIsNot() {
        load(Records.transaction(team(WORLD.clinicId(), REHAB)));
        assertThat(read(REHAB)).isEqualTo(200);
        load(Records.transaction(team(REHAB)));
        assertThat(read(REHAB)).isEqualTo(200);
        assertThat(read(WORLD.clinicId())).isEqualTo(404);
        load(Records.transaction((CareTeam) team(REHAB).setStatus(CareTeamStatus.INACTIVE)));
        assertThat(read(REHAB)).isEqualTo(404);
        assertThat(rules()).isZero();
    }

    @Test
    void whoseTimeInTheTeamIsOverIsNotPermitted() {
        CareTeam team = team(WORLD.clinicId(), REHAB);
        team.getParticipant().get(1).setPeriod(Consents.period("2020-01-01", "2025-12-31"));
        load(Records.transaction(team));
        assertThat(read(WORLD.clinicId())).isEqualTo(200);
        assertThat(read(REHAB)).isEqualTo(404);
    }

    @Test
    void aDenialOfATeamIsOneOfEachInIt() {
        Consent consent = permitting("team-mia");
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        load(Records.transaction(consent));
        assertThat(read(WORLD.clinicId())).isEqualTo(404);
        assertThat(get("/Device/" + WORLD.id("cuff-mia"), TOKENS.clinicSystem(WORLD.clinicId()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWithdrawalTakesItFromAllOfThem() {
        load(Records.transaction((Consent) permitting("team-mia").setStatus(ConsentState.INACTIVE)));
        assertThat(read(WORLD.clinicId())).isEqualTo(404);
        load(Records.transaction(team(WORLD.clinicId(), REHAB)));
        assertThat(read(WORLD.clinicId())).as("the team does not bring it back").isEqualTo(404);
        assertThat(rules()).isZero();
    }

    /** Whoever could write a team of another patient would permit itself what that patient does not. */
    @Test
    void aTeamOfSomebodyElseSaysNothing() {
        Answer stored =
                put("/Consent/" + WORLD.id("consent-mia"), TOKENS.patient(WORLD.id("mia")), permitting("team-noah"));
        assertThat(stored.status()).as(stored.body()).isIn(403, 422);
        assertThat(read(WORLD.clinicId())).isEqualTo(200);
    }

    @Test
    void whatCannotBeResolvedIsRefusedWithTheRemedy() {
        for (String actor : List.of("PractitionerRole/" + UUID.randomUUID(), "Group/" + WORLD.clinicId())) {
            Consent consent = permitting("team-mia");
            consent.getProvision().getProvisionFirstRep().getActorFirstRep().setReference(new Reference(actor));
            Answer refused = put("/Consent/" + WORLD.id("consent-mia"), TOKENS.patient(WORLD.id("mia")), consent);
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.body()).contains("SN-CONSENT-002", "actor[0].reference", "name its Organization");
        }
    }

    @Test
    void decisionsAndDraftsKnowWhoTakesPart() {
        Parameters asked = DecisionWorld.about(
                DecisionWorld.ask(WORLD.clinicId(), null, "TREAT"), List.of("Observation/" + WORLD.id("rate")));
        assertThat(outcome(asked)).isEqualTo("permit");
        Consent draft = permitting("team-mia");
        draft.getProvision().getProvisionFirstRep().setType(ConsentProvisionType.DENY);
        assertThat(outcome(DecisionWorld.with(asked.copy(), draft))).isEqualTo("deny");
        load(Records.transaction((Consent) permitting("team-mia").setStatus(ConsentState.INACTIVE)));
        assertThat(outcome(asked)).isEqualTo("deny");
        assertThat(outcome(DecisionWorld.with(asked.copy(), permitting("team-mia"))))
                .isEqualTo("permit");
    }

    private static String outcome(Parameters asked) {
        Answer answer =
                post("/Patient/" + WORLD.id("mia") + "/$consent-decision", TOKENS.patient(WORLD.id("mia")), asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return DecisionWorld.part(
                DecisionWorld.decisions((Parameters) answer.resource()).get(0), "outcome");
    }

    private int rules() {
        Integer count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.directive WHERE patient = ?::uuid", Integer.class, WORLD.id("mia"));
        return count == null ? -1 : count;
    }

    private static int read(String organization) {
        return get("/Observation/" + WORLD.id("rate"), TOKENS.clinicSystem(organization))
                .status();
    }

    private static CareTeam team(String... organizations) {
        CareTeam team = Records.careTeam(WORLD.id("team-mia"), WORLD.id("mia"), organizations[0]);
        for (int i = 1; i < organizations.length; i++) {
            team.addParticipant().setMember(new Reference("Organization/" + organizations[i]));
        }
        return team;
    }

    private static Consent permitting(String team) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-mia"), WORLD.id("mia"));
        consent.getProvision().getProvision().clear();
        ProvisionComponent permit = Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        permit.getActorFirstRep().setReference(new Reference("CareTeam/" + WORLD.id(team)));
        return consent;
    }
}
