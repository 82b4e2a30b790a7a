package eu.sinusnode.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.narrowing.MembershipExtractor;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Consent that names a CareTeam, and the team, are stored at the same moment: each transaction waits before its commit for
 * the other one to have come as far. Were they not to wait for each other before, neither would see the other, and the rules
 * would be those of a team that is not there any more.
 */
class TeamsAtOnceIT {

    private static final String CLINIC = "00000000-0000-4000-8000-0000000000d1";
    private static final String OTHER_CLINIC = "00000000-0000-4000-8000-0000000000d2";
    private static final String ADA = "0a000000-0000-4000-8000-0000000000da";

    private static OwnTables tables;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private CareTeam team;
    private Consent consent;

    /** Where two transactions meet before they commit, if both come. */
    private static final class Meeting implements Projection {
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch missing;

        private Meeting(int parties) {
            missing = new CountDownLatch(parties);
        }

        /** Waits until one of them is there. */
        private void awaitFirst() throws InterruptedException {
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void apply(List<ResourceChange> changes) {
            first.countDown();
            missing.countDown();
            try {
                if (!missing.await(800, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
    }

    @BeforeEach
    void aTeamAndAConsentThatNamesIt() {
        team = Consents.careTeam(ADA, CLINIC, null);
        consent = Consents.denying(ADA);
        Consents.permit(consent, CLINIC, Purpose.TREAT)
                .getActorFirstRep()
                .setReference(new Reference("CareTeam/" + team.getIdElement().getIdPart()));
        tables.create(storage(1), team);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static ProjectionInterceptor storage(int parties) {
        return storage(new Meeting(parties));
    }

    private static ProjectionInterceptor storage(Meeting meeting) {
        return new ProjectionInterceptor(List.of(
                new MembershipProjection(tables.transaction(), new MembershipExtractor(ZoneOffset.UTC)),
                new PermitProjection(tables.transaction(), new ConsentCompiler(ZoneOffset.UTC)),
                new TeamDirectiveProjection(tables.transaction()),
                meeting));
    }

    @Test
    void aConsentAndWhoComesToTheTeamMeanwhile() throws Exception {
        ProjectionInterceptor storage = storage(2);
        team.getParticipantFirstRep().setMember(new Reference("Organization/" + OTHER_CLINIC));
        CareTeam changed = OwnTables.nextVersion(team);
        together(() -> tables.create(storage, consent), () -> tables.update(storage, changed));
        assertThat(permitted()).containsExactly(UUID.fromString(OTHER_CLINIC));
    }

    @Test
    void aWithdrawalAndWhoComesToTheTeamMeanwhile() throws Exception {
        tables.create(storage(1), consent);
        assertThat(permitted()).containsExactly(UUID.fromString(CLINIC));
        ProjectionInterceptor storage = storage(2);
        team.addParticipant().setMember(new Reference("Organization/" + OTHER_CLINIC));
        CareTeam changed = OwnTables.nextVersion(team);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        Consent withdrawn = OwnTables.nextVersion(consent);
        together(() -> tables.update(storage, withdrawn), () -> tables.update(storage, changed));
        assertThat(permitted()).isEmpty();
    }

    /** The team has taken the old rules away and written new ones, which are not committed when the withdrawal comes. */
    @Test
    void aWithdrawalBehindWhoComesToTheTeam() throws Exception {
        tables.create(storage(1), consent);
        Meeting meeting = new Meeting(2);
        ProjectionInterceptor storage = storage(meeting);
        team.addParticipant().setMember(new Reference("Organization/" + OTHER_CLINIC));
        CareTeam changed = OwnTables.nextVersion(team);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        Consent withdrawn = OwnTables.nextVersion(consent);
        Future<?> joined = threads.submit(() -> tables.update(storage, changed));
        meeting.awaitFirst();
        tables.update(storage, withdrawn);
        joined.get(30, TimeUnit.SECONDS);
        assertThat(permitted()).isEmpty();
    }

    private void together(Runnable one, Runnable other) throws Exception {
        for (Future<?> each : List.of(threads.submit(one), threads.submit(other))) {
            each.get(30, TimeUnit.SECONDS);
        }
    }

    private List<UUID> permitted() {
        return tables.jdbc()
                .queryForList(
                        "SELECT organization FROM sinusnode.directive WHERE consent = ?::uuid ORDER BY organization",
                        UUID.class,
                        consent.getIdElement().getIdPart());
    }
}
