package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.PatientAccessTable;
import eu.sinusnode.server.storage.Zone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/**
 * A signed withdrawal comes at the same moment as the patient's own change of the Consent and another Consent of the patient.
 * Whatever comes first: what was acknowledged is kept, what was withdrawn is closed, and nothing is half done.
 *
 * <p>{@code -Dsinusnode.withdrawal-races=1000} tries more often.
 */
class WithdrawalRaceIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.withdrawal-races", 60);

    private static final ConsentCompiler COMPILER = new ConsentCompiler(Zone.OF_DATES);

    /** What the patient makes of the Consent: the clinic is permitted as much as before, less, nothing. */
    private static final List<Consumer<Consent>> CHANGES = List.of(
            consent -> consent.getProvision().getProvision().remove(1),
            consent -> consent.getProvision()
                    .getProvisionFirstRep()
                    .addClass_(new Coding(Codes.RESOURCE_TYPES, "Patient", null)),
            consent -> consent.setStatus(ConsentState.INACTIVE)
                    .getProvision()
                    .getProvision()
                    .remove(1));

    @Test
    void whatIsAcknowledgedIsKeptAndWhatIsWithdrawnIsClosed() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            race("race-" + i, CHANGES.get(i % 3), i % 2 == 0);
        }
    }

    /** @param all whether the paper names no Consent, so that all ends that the clinic is permitted */
    private void race(String name, Consumer<Consent> change, boolean all) throws Exception {
        String patient = patient(name);
        String own = TOKENS.patient(patient);
        String recorder = recorder();
        String given = id(post("/Consent", own, given(patient)));
        Consent changed = versions(given, own).get(0);
        change.accept(changed);
        Consent another = given(patient);
        another.getDateTimeElement().setValueAsString("2026-02-01T09:00:00+01:00");
        Consent paper = withdrawal(patient, name);
        if (!all) {
            paper.addExtension(new Extension(Canonicals.CONSENT_WITHDRAWS, new Reference("Consent/" + given)));
        }

        List<Answer> answers = AtOnce.answers(3, client -> switch (client) {
            case 0 -> post("/Consent", recorder, paper);
            case 1 -> put("/Consent/" + given, own, changed);
            default -> post("/Consent", own, another);
        });

        String withdrawn = id(answers.get(0));
        String other = id(answers.get(2));
        boolean hasChanged = answers.get(1).status() == 200;
        List<Consent> ofGiven = versions(given, own);
        List<Consent> ofOther = versions(other, own);
        if (hasChanged) {
            assertThat(said(ofGiven.get(version(answers.get(1)) - 1)))
                    .as("%s: what was acknowledged", name)
                    .isEqualTo(said(changed));
        } else {
            assertIsTold(answers.get(1));
            assertThat(ofGiven).as("%s: by the paper alone", name).hasSize(2);
        }
        assertThat(said(ofOther.get(0))).isEqualTo(said(another));
        assertThat(versions(withdrawn, own)).singleElement().satisfies(document -> assertThat(
                        ((Attachment) document.getSource()).getData())
                .startsWith('%', 'P', 'D', 'F'));

        List<Boolean> open =
                ofGiven.stream().map(WithdrawalRaceIT::permitsTheClinic).toList();
        int closed = open.indexOf(false);
        int lastOpen = open.lastIndexOf(true);
        assertThat(closed).as("%s: a version that ended it", name).isPositive();
        if (lastOpen > closed) {
            assertThat(hasChanged)
                    .as("%s: open again by the patient's hand", name)
                    .isTrue();
            assertThat(lastOpen).isEqualTo(version(answers.get(1)) - 1);
        }
        assertThat(ofOther).as("%s: what the paper does not name stays", name).hasSizeLessThanOrEqualTo(all ? 2 : 1);
        assertThat(permitsTheClinic(last(ofOther))).isEqualTo(ofOther.size() == 1);
        int ended = ofGiven.size() - (hasChanged ? 2 : 1) + ofOther.size() - 1;
        assertThat(notices(patient, own))
                .as("%s: the patient is told of as many as ended", name)
                .anyMatch(notice -> notice.contains("Widerruf") && notice.contains(": " + ended + "."));

        List<Consent> now = Stream.of(given, other, withdrawn)
                .map(each -> last(versions(each, own)))
                .toList();
        assertThat(new PatientAccessTable(source()).directives(UUID.fromString(patient)))
                .as("%s: what decides is what is written", name)
                .containsExactlyInAnyOrderElementsOf(
                        now.stream().flatMap(WithdrawalRaceIT::rules).toList());
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .as("%s: the clinic's next read", name)
                .isEqualTo(now.stream().anyMatch(WithdrawalRaceIT::permitsTheClinic) ? 200 : 404);
    }

    /** Its permit is written and not committed when the withdrawal comes: it was stored first, so it ends. */
    @Test
    void aConsentThatIsBeingStoredIsWaitedFor() throws Exception {
        String patient = patient("race-waits");
        String own = TOKENS.patient(patient);
        String team = Records.id("race-waits-team");
        Consent toTeam = given(patient);
        toTeam.getProvision().setProvision(null);
        Consents.permit(toTeam, Records.CLINIC, Purpose.TREAT)
                .getActorFirstRep()
                .getReference()
                .setReference("CareTeam/" + team);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try (Connection holder = source().getConnection()) {
            holder.setAutoCommit(false);
            // Whoever stores a rule about a team waits for whoever stores the team.
            try (PreparedStatement lock =
                    holder.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 21))")) {
                lock.setString(1, team);
                lock.execute();
            }
            Future<Answer> storing = clients.submit(() -> post("/Consent", own, toTeam));
            int store = awaitWaiting(pid(holder), storing);
            Future<Answer> withdrawing =
                    clients.submit(() -> post("/Consent", recorder(), withdrawal(patient, "race-waits")));
            awaitWaiting(store, withdrawing);
            holder.commit();

            String stored = id(storing.get());
            String withdrawn = id(withdrawing.get());
            assertThat(versions(stored, own)).hasSize(2).last().satisfies(left -> assertThat(
                            ((Reference) left.getSource()).getReference())
                    .isEqualTo("Consent/" + withdrawn));
            assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC))
                            .status())
                    .isEqualTo(404);
        } finally {
            clients.shutdownNow();
        }
    }

    /** To end it as it was recorded would open what the patient has closed since. */
    @Test
    void whoEndsAPaperConsentDoesNotWriteOverADenyThatThePatientAdds() throws Exception {
        for (int i = 0; i < TRIES / 3; i++) {
            String name = "race-deny-" + i;
            String patient = patient(name);
            String own = TOKENS.patient(patient);
            String recorder = recorder();
            Consent paper = paper(patient, name);
            String recorded = id(post("/Consent", recorder, paper));
            Consent denying = versions(recorded, own).get(0);
            denying.setVerification(null);
            denying.setSource(new Attachment().setContentType("text/plain").setTitle("Changed in the app"));
            denying.getProvision()
                    .getProvisionFirstRep()
                    .addProvision()
                    .setType(ConsentProvisionType.DENY)
                    .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
            paper.setId(recorded);
            paper.setStatus(ConsentState.INACTIVE);

            List<Answer> answers = AtOnce.answers(
                    2,
                    client -> put("/Consent/" + recorded, client == 0 ? recorder : own, client == 0 ? paper : denying));

            Answer ending = answers.get(0);
            Answer change = answers.get(1);
            assertThat(ending.status()).as(ending.body()).isIn(200, 403, 409);
            if (change.status() == 200) {
                assertThat(said(last(versions(recorded, own))))
                        .as("%s: the recorder was answered %d", name, ending.status())
                        .isEqualTo(said(denying));
            } else {
                assertIsTold(change);
                assertThat(ending.status()).isEqualTo(200);
                assertThat(last(versions(recorded, own)).getStatus()).isEqualTo(ConsentState.INACTIVE);
            }
        }
    }

    private static void assertIsTold(Answer refused) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.codes()).containsExactly("SN-REQUEST-027");
        assertThat(refused.outcome().getIssueFirstRep().getDiagnostics()).contains("Send the request again");
    }

    /** By whom the first one waits that waits for a session's locks; the request that it is of has not ended then. */
    private int awaitWaiting(int session, Future<Answer> request) throws Exception {
        long until = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < until) {
            List<Integer> waiting = database.queryForList(
                    "SELECT a.pid FROM pg_stat_activity a WHERE ? = ANY (pg_blocking_pids(a.pid))",
                    Integer.class,
                    session);
            if (!waiting.isEmpty()) {
                return waiting.get(0);
            }
            assertThat(request.isDone()).as("it waits for nobody").isFalse();
            Thread.sleep(20);
        }
        throw new AssertionError("Nobody waits.");
    }

    private static int pid(Connection session) throws Exception {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_backend_pid()");
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Stream<Directive> rules(Consent consent) {
        long version = Long.parseLong(consent.getMeta().getVersionId());
        return ((Compilation.Compiled) COMPILER.compile(consent, version))
                .directives().stream().filter(rule -> rule.permits() || !rule.saysNothing());
    }

    private static boolean permitsTheClinic(Consent consent) {
        return rules(consent)
                .anyMatch(rule -> rule.permits() && ("Organization/" + Records.CLINIC).equals(rule.actor()));
    }

    /** The oldest one first. */
    private static List<Consent> versions(String id, String token) {
        List<Consent> versions = new ArrayList<>(get("/Consent/" + id + "/_history", token).bundle().getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .map(Consent.class::cast)
                .toList());
        Collections.reverse(versions);
        return versions;
    }

    private static Consent last(List<Consent> versions) {
        return versions.get(versions.size() - 1);
    }

    /** Without what the server adds. */
    private static String said(Consent consent) {
        Consent said = consent.copy();
        said.setId((String) null);
        said.setMeta(null);
        return json(said);
    }

    private static int version(Answer answer) {
        return Integer.parseInt(answer.header("ETag").orElseThrow().replaceAll("\\D", ""));
    }

    private DataSource source() {
        return Objects.requireNonNull(database.getDataSource());
    }

    private static String patient(String name) {
        load(Records.household(name));
        return Records.id(name);
    }

    /** By the patient, to the clinic and others. */
    private static Consent given(String patient) {
        Consent consent = WalkWorld.consent(Records.id("no id"), patient);
        consent.setId((String) null);
        // Given in the app; a paper brings its document.
        consent.setSource(new Attachment().setContentType("text/plain").setTitle("Given in the app"));
        return consent;
    }

    private static Consent paper(String patient, String number) {
        Consent consent = given(patient);
        consent.getProvision().setProvision(null);
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        return SignedPaper.of(consent, number);
    }

    /** Signed after all that these tests give. */
    private static Consent withdrawal(String patient, String number) {
        Consent withdrawal = paper(patient, number);
        withdrawal.setVerification(null);
        withdrawal.getProvision().setProvision(null);
        withdrawal.getDateTimeElement().setValueAsString("2026-03-01T09:00:00+01:00");
        return withdrawal;
    }

    private static String recorder() {
        return TOKENS.token(CallerKind.CONSENT_RECORDER, claims -> claims.claim("organization", Records.CLINIC));
    }

    private static List<String> notices(String patient, String token) {
        return get("/Communication?patient=" + patient, token).bundle().getEntry().stream()
                .map(entry -> ((Communication) entry.getResource())
                        .getPayloadFirstRep()
                        .getContentStringType()
                        .getValue())
                .toList();
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new IdType(answer.header("Location").orElseThrow()).getIdPart();
    }
}
