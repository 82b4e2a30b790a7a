package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.Subscriptions.PATIENCE;
import static eu.sinusnode.server.subscriptions.Subscriptions.active;
import static eu.sinusnode.server.subscriptions.Subscriptions.idOnly;
import static eu.sinusnode.server.subscriptions.Subscriptions.topic;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.Headers;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.subscriptions.Receiver.Received;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was told can be asked for by its number, as far as it may be told at that moment. */
class SubscriptionEventsIT extends RunningServer {

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    private static String write(ExportWorld world, String who) {
        Observation vital = Records.heartRate(world.id(who), world.id(who + "-cuff"), "events-" + UUID.randomUUID());
        Answer written = post("/Observation", world.clinicToken(), vital);
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        return written.resource().getIdElement().getIdPart();
    }

    private void awaitKept(String id, long count) {
        Receiver.await("kept", PATIENCE, () -> kept(id) == count);
    }

    private long kept(String id) {
        Long kept = database.queryForObject(
                "SELECT count(*) FROM sinusnode.subscription_told WHERE subscription = ?::uuid", Long.class, id);
        return kept == null ? 0 : kept;
    }

    private static Received events(String token, String id, String query) {
        Answer answer = get("/Subscription/" + id + "/$events" + query, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new Received(0, "GET", new Headers(), answer.body());
    }

    @Test
    void whatWasToldIsToldAgainByItsNumber() {
        ExportWorld world = new ExportWorld("again");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        List<String> written =
                IntStream.range(0, 5).mapToObj(i -> write(world, "anna")).toList();
        awaitKept(id, 5);

        Received all = events(world.clinicToken(), id, "");
        assertThat(all.type()).isEqualTo("query-event");
        assertThat(all.numbers()).isEqualTo(LongStream.rangeClosed(1, 5).boxed().toList());
        assertThat(all.body()).as("empty, as its notifications are").doesNotContain("Observation/");
        assertThat(all.status().getMeta().hasProfile(Backport.STATUS)).isTrue();
        Bundle bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, all.body());
        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.HISTORY);
        assertThat(bundle.getMeta().hasProfile(Backport.NOTIFICATION)).isTrue();

        Received some = events(world.clinicToken(), id, "?eventsSinceNumber=2&eventsUntilNumber=3&content=id-only");
        assertThat(some.numbers()).containsExactly(2L, 3L);
        assertThat(some.focuses()).zipSatisfy(written.subList(1, 3), (focus, observation) -> assertThat(focus)
                .endsWith("Observation/" + observation));
        Parameters posted = new Parameters();
        posted.addParameter("eventsSinceNumber", new StringType("5")).addParameter("content", "full-resource");
        Answer answer = post("/Subscription/" + id + "/$events", world.clinicToken(), posted);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Observation/" + written.get(4)).doesNotContain("\"Observation\"");
        assertThat(events(world.clinicToken(), id, "?eventsSinceNumber=6").numbers())
                .isEmpty();
    }

    @Test
    void whatWasWithdrawnIsLeftOutAndBothAreAudited() {
        ExportWorld world = new ExportWorld("again-withdrawn");
        world.patient("anna");
        world.patient("berta");
        String id = active(world.clinicToken(), idOnly(receiver.url(), "Observation"));
        String ofAnna = write(world, "anna");
        String ofBerta = write(world, "berta");
        awaitKept(id, 2);
        world.withdraw("anna");

        Received left = events(world.clinicToken(), id, "");
        assertThat(left.numbers()).containsExactly(2L);
        assertThat(left.focuses()).singleElement().asString().endsWith(ofBerta);
        assertThat(left.body()).doesNotContain(ofAnna);
        assertThat(log(world.id("berta")))
                .contains("was told again that there is something new: measurements and findings (1)");
        assertThat(log(world.id("anna")))
                .contains("this was refused")
                .doesNotContain("was told again that there is something new");
    }

    private static String log(String patient) {
        return get("/Patient/" + patient + "/$access-log", TOKENS.patient(patient))
                .body();
    }

    @Test
    void whatNobodyHasTakenIsNotAskedForYet() {
        ExportWorld world = new ExportWorld("again-not-yet");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        receiver.answer(503);
        write(world, "anna");
        Receiver.await("tried", PATIENCE, () -> !receiver.events().isEmpty());
        assertThat(events(world.clinicToken(), id, "").numbers()).isEmpty();
        receiver.answer(200);
        awaitKept(id, 1);
        assertThat(events(world.clinicToken(), id, "").numbers()).containsExactly(1L);
    }

    @Test
    void itIsTheOwnersAlone() {
        ExportWorld world = new ExportWorld("again-own");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), idOnly(receiver.url(), "Observation?patient=" + patient));
        write(world, "anna");
        awaitKept(id, 1);
        String unknown = UUID.randomUUID().toString();
        for (String token : List.of(new ExportWorld("again-foreign").clinicToken(), TOKENS.patient(patient))) {
            Answer hidden = get("/Subscription/" + id + "/$events", token);
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.body().replace(id, ""))
                    .isEqualTo(get("/Subscription/" + unknown + "/$events", token)
                            .body()
                            .replace(unknown, ""));
            assertThat(get("/Subscription/$status?id=" + id, token).bundle().getEntry())
                    .isEmpty();
        }
        String unscoped =
                TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", world.id("clinic"))
                        .claim("scope", "system/Subscription.crds"));
        Answer refused = get("/Subscription/" + id + "/$events", unscoped);
        assertThat(refused.codes()).as(refused.body()).containsOnly(DenialCode.SCOPE.code());
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        ExportWorld world = new ExportWorld("again-form");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        for (String query : List.of(
                "?eventsSinceNumber=-1",
                "?eventsSinceNumber=one",
                "?eventsUntilNumber=",
                "?eventsSinceNumber=1&eventsSinceNumber=2",
                "?content=all")) {
            Answer answer = get("/Subscription/" + id + "/$events" + query, world.clinicToken());
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("SN-SUBSCRIPTION-003");
        }
        assertThat(get("/Subscription/" + id + "/$events?_since=2020", world.clinicToken())
                        .codes())
                .containsOnly(DenialCode.SEARCH_PARAMETER.code());
    }

    @Test
    void itIsForgottenAfterAWeekAndWithItsSubscription() {
        ExportWorld world = new ExportWorld("again-forgotten");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        write(world, "anna");
        write(world, "anna");
        awaitKept(id, 2);
        database.update(
                "UPDATE sinusnode.subscription_told SET told = now() - interval '8 days' WHERE subscription = ?::uuid"
                        + " AND number = 1",
                id);
        awaitKept(id, 1);
        assertThat(events(world.clinicToken(), id, "").numbers()).containsExactly(2L);
        Subscriptions.delete(world.clinicToken(), id);
        assertThat(kept(id)).isZero();
        assertThat(get("/Subscription/" + id + "/$events", world.clinicToken()).status())
                .isEqualTo(404);
    }

    @Test
    void theStatusOfAllOfThemComesInOneAnswer() {
        ExportWorld world = new ExportWorld("again-status");
        String patient = world.patient("anna");
        String one = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        String other =
                active(world.clinicToken(), topic(receiver.url(), "Observation?status=final&patient=" + patient));
        Answer all = get("/Subscription/$status", world.clinicToken());
        assertThat(all.status()).as(all.body()).isEqualTo(200);
        assertThat(all.bundle().getEntry()).as(all.body()).hasSize(2);
        assertThat(all.body()).contains("Subscription/" + one).contains("Subscription/" + other);
        Bundle chosen = get("/Subscription/$status?status=active&id=" + other, world.clinicToken())
                .bundle();
        assertThat(chosen.getEntry()).hasSize(1).first().satisfies(entry -> {
            Parameters status = (Parameters) entry.getResource();
            assertThat(((Reference) status.getParameter("subscription").getValue()).getReference())
                    .endsWith("Subscription/" + other);
            assertThat(status.getParameter("status").getValue().primitiveValue())
                    .isEqualTo("active");
        });
        assertThat(get("/Subscription/$status?status=off", world.clinicToken())
                        .bundle()
                        .getEntry())
                .isEmpty();
    }
}
