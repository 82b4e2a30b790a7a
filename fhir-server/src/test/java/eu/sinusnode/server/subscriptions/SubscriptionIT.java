package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.Subscriptions.PATIENCE;
import static eu.sinusnode.server.subscriptions.Subscriptions.active;
import static eu.sinusnode.server.subscriptions.Subscriptions.classic;
import static eu.sinusnode.server.subscriptions.Subscriptions.idOnly;
import static eu.sinusnode.server.subscriptions.Subscriptions.topic;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an endpoint is told, in which order, and until when. */
class SubscriptionIT extends RunningServer {

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    private static String write(ExportWorld world, String who, String identifier) {
        Observation vital = Records.heartRate(world.id(who), world.id(who + "-cuff"), identifier + UUID.randomUUID());
        Answer written = post("/Observation", world.clinicToken(), vital);
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        return written.resource().getIdElement().getIdPart();
    }

    private void awaitNumbers(Long... numbers) {
        Receiver.await(
                "events " + List.of(numbers), PATIENCE, () -> receiver.numbers().containsAll(List.of(numbers)));
    }

    @Test
    void anEventIsToldWithoutContentOnceTheEndpointHasTakenTheHandshake() {
        ExportWorld world = new ExportWorld("told");
        String patient = world.patient("anna");
        Subscription asked =
                topic(receiver.url(), "Observation?patient=" + patient + "&code=http://loinc.org%7C8867-4");
        Answer created = post("/Subscription", world.clinicToken(), asked);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(((Subscription) created.resource()).getStatus()).isEqualTo(SubscriptionStatus.REQUESTED);
        assertThat(created.header("Location").orElse("")).contains("/Subscription/");
        String id = created.resource().getIdElement().getIdPart();
        Receiver.await(
                "active", PATIENCE, () -> Subscriptions.status(world.clinicToken(), id) == SubscriptionStatus.ACTIVE);
        assertThat(receiver.all()).singleElement().satisfies(first -> {
            assertThat(first.type()).isEqualTo("handshake");
            assertThat(first.method()).isEqualTo("POST");
        });

        String vital = write(world, "anna", "told-1");
        awaitNumbers(1L);

        Receiver.Received event = receiver.events().get(0);
        assertThat(event.body()).doesNotContain(patient).doesNotContain(vital).doesNotContain("Observation/");
        assertThat(event.status().getParameter("topic").getValue().primitiveValue())
                .isEqualTo(Backport.topics().get("Observation"));
        Parameters status = (Parameters) get("/Subscription/" + id + "/$status", world.clinicToken())
                .bundle()
                .getEntryFirstRep()
                .getResource();
        Receiver.await("the count", PATIENCE, () -> told(world, id).equals("1"));
        assertThat(status.getParameter("type").getValue().primitiveValue()).isEqualTo("query-status");
    }

    private static String told(ExportWorld world, String id) {
        Parameters status = (Parameters) get("/Subscription/" + id + "/$status", world.clinicToken())
                .bundle()
                .getEntryFirstRep()
                .getResource();
        return status.getParameter("events-since-subscription-start").getValue().primitiveValue();
    }

    /** Single creates, a transaction that is copied, one that HAPI stores, and updates. */
    @Test
    void everyWayOfWritingFillsTheOutbox() {
        ExportWorld world = new ExportWorld("ways");
        String patient = world.patient("anna");
        active(world.clinicToken(), idOnly(receiver.url(), "Observation?patient=" + patient));
        String single = write(world, "anna", "ways-1");
        Observation copied = Records.heartRate(patient, world.id("anna-cuff"), "ways-2");
        double before = copiedVitals();
        Answer transaction = post("", world.clinicToken(), creating(copied));
        assertThat(transaction.status()).as(transaction.body()).isEqualTo(200);
        assertThat(copiedVitals()).as("the vital was copied").isEqualTo(before + 1);
        Observation put = Records.heartRate(patient, world.id("anna-cuff"), "ways-3");
        put.setId(world.id("anna-put"));
        load(Records.transaction(put));
        load(Records.transaction(put.setStatus(Observation.ObservationStatus.AMENDED)));

        awaitNumbers(1L, 2L, 3L, 4L);
        List<String> focuses = receiver.events().stream()
                .flatMap(each -> each.focuses().stream())
                .toList();
        assertThat(focuses).hasSize(4).first().asString().endsWith("/Observation/" + single);
        assertThat(focuses.subList(2, 4)).allMatch(focus -> focus.endsWith("/Observation/" + world.id("anna-put")));
        assertThat(receiver.events()).allMatch(each -> !each.body().contains(patient));
    }

    private static Bundle creating(Resource resource) {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl(resource.fhirType());
        return bundle;
    }

    @Autowired
    private MeterRegistry meters;

    private double copiedVitals() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().contains("copied"))
                .mapToDouble(meter -> ((Counter) meter).count())
                .sum();
    }

    @Test
    void criteriaChooseAmongChanges() {
        ExportWorld world = new ExportWorld("chosen");
        world.patient("anna");
        world.patient("berta");
        active(
                world.clinicToken(),
                idOnly(receiver.url(), "Observation?patient=" + world.id("anna") + "&status=final&code=8867-4,8480-6"));
        write(world, "berta", "chosen-1");
        String told = write(world, "anna", "chosen-2");
        awaitNumbers(1L);
        assertThat(receiver.events())
                .flatExtracting(Receiver.Received::focuses)
                .singleElement()
                .asString()
                .endsWith(told);
    }

    @Test
    void aClassicSubscriptionIsToldByAnEmptyPost() {
        ExportWorld world = new ExportWorld("classic");
        String patient = world.patient("anna");
        active(world.clinicToken(), classic(receiver.url(), "Observation?patient=Patient/" + patient));
        assertThat(receiver.all()).hasSize(1);
        write(world, "anna", "classic-1");
        Receiver.await("told", PATIENCE, () -> receiver.all().size() == 2);
        assertThat(receiver.all()).allSatisfy(each -> {
            assertThat(each.body()).isEmpty();
            assertThat(each.method()).isEqualTo("POST");
        });
    }

    @Test
    void whatAReceiverMissedItIsToldInOrderUnderTheSameNumbers() {
        ExportWorld world = new ExportWorld("missed");
        String patient = world.patient("anna");
        Subscription asked = idOnly(receiver.url(), "Observation?patient=" + patient);
        asked.getChannel().addExtension(Backport.MOST_EVENTS, new PositiveIntType(3));
        String id = active(world.clinicToken(), asked);
        receiver.answer(503);
        List<String> written = IntStream.range(0, 10)
                .mapToObj(i -> write(world, "anna", "missed-" + i))
                .toList();
        Receiver.await(
                "error", PATIENCE, () -> Subscriptions.status(world.clinicToken(), id) == SubscriptionStatus.ERROR);
        assertThat(Subscriptions.read(world.clinicToken(), id).getError()).isEqualTo("The endpoint answered 503.");
        int refused = receiver.events().size();
        receiver.answer(200);
        Receiver.await("the last event", PATIENCE, () -> receiver.numbers().contains(10L));
        List<Receiver.Received> taken =
                receiver.events().subList(refused, receiver.events().size());
        List<Long> numbers = receiver.numbers().stream().distinct().toList();
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
        assertThat(taken.get(taken.size() - 1).focuses()).last().asString().endsWith(written.get(9));
        // The same number is always the same event.
        assertThat(receiver.events()).allSatisfy(each -> {
            for (int i = 0; i < each.numbers().size(); i++) {
                assertThat(each.focuses().get(i))
                        .endsWith(written.get((int) (each.numbers().get(i) - 1)));
            }
            assertThat(each.numbers()).hasSizeLessThanOrEqualTo(3);
        });
        Receiver.await(
                "well again",
                PATIENCE,
                () -> Subscriptions.status(world.clinicToken(), id) == SubscriptionStatus.ACTIVE);
        assertThat(Subscriptions.read(world.clinicToken(), id).hasError()).isFalse();
    }

    @Test
    void whatIsWithdrawnBeforeItLeavesIsNotToldAndNotCounted() {
        ExportWorld world = new ExportWorld("withdrawn");
        String patient = world.patient("anna");
        world.patient("berta");
        String id = active(world.clinicToken(), idOnly(receiver.url(), "Observation"));
        // Nobody is there: nothing can have been sent.
        int port = receiver.port();
        receiver.close();
        write(world, "anna", "withdrawn-1");
        Receiver.await(
                "error", PATIENCE, () -> Subscriptions.status(world.clinicToken(), id) == SubscriptionStatus.ERROR);
        world.withdraw("anna");
        String ofBerta = write(world, "berta", "withdrawn-2");
        try (Receiver again = new Receiver(port)) {
            Receiver.await("told of Berta", PATIENCE, () -> !again.events().isEmpty());
            assertThat(again.numbers()).as("the count tells nothing of Anna").containsExactly(1L);
            assertThat(again.events().get(0).focuses())
                    .singleElement()
                    .asString()
                    .endsWith(ofBerta);
            assertThat(again.all()).noneMatch(each -> each.body().contains(patient));
        }
    }

    @Test
    void whoMayReadNothingIsToldNothing() {
        ExportWorld world = new ExportWorld("nothing");
        world.patient("anna");
        ExportWorld other = new ExportWorld("nothing-other");
        other.patient("clara");
        String id = active(other.clinicToken(), idOnly(receiver.url(), "Observation"));
        write(world, "anna", "nothing-1");
        String own = write(other, "clara", "nothing-2");
        awaitNumbers(1L);
        assertThat(receiver.events())
                .flatExtracting(Receiver.Received::focuses)
                .singleElement()
                .asString()
                .endsWith(own);
        Receiver.await("the outbox is empty", PATIENCE, () -> waiting(id) == 0);
    }

    private long waiting(String id) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.subscription_event WHERE subscription = ?::uuid", Long.class, id);
        return count == null ? 0 : count;
    }

    /** An insurer's right to know ends with its Coverage; an unsigned flag is nobody's but the clinic's. */
    @Test
    void anInsurerIsToldOfItsMembersAndTheAuditTellsThePatient() {
        ExportWorld world = new ExportWorld("insured");
        String patient = world.patient("anna");
        String id = active(world.insurerToken(), topic(receiver.url(), "Observation?patient=" + patient));
        write(world, "anna", "insured-1");
        awaitNumbers(1L);
        Answer found = get("/AuditEvent?request-id=" + id, TOKENS.auditor());
        assertThat(found.bundle().getEntry()).hasSize(1).first().satisfies(entry -> {
            AuditEvent event = (AuditEvent) entry.getResource();
            assertThat(event.getSubtype()).anyMatch(code -> code.getCode().equals("disclose"));
            assertThat(event.getEntity()).anyMatch(entity -> ("Patient/" + patient)
                    .equals(entity.getWhat().getReference()));
        });
        String log = get("/Patient/" + patient + "/$access-log", TOKENS.patient(patient))
                .body();
        assertThat(log)
                .contains("Insurer of insured was told that there is something new: measurements and findings (1)");
    }

    @Test
    void aPatientsAppIsToldOfThePatientAlone() {
        ExportWorld world = new ExportWorld("own");
        String patient = world.patient("anna");
        world.patient("berta");
        active(TOKENS.patient(patient), idOnly(receiver.url(), "Observation"));
        write(world, "berta", "own-1");
        String own = write(world, "anna", "own-2");
        awaitNumbers(1L);
        assertThat(receiver.events())
                .flatExtracting(Receiver.Received::focuses)
                .singleElement()
                .asString()
                .endsWith(own);
    }

    @Test
    void nothingWaitsForWhoHasNotShownATokenForLong() {
        ExportWorld world = new ExportWorld("silent");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        database.update(
                "UPDATE sinusnode.subscription SET contact = now() - interval '8 days' WHERE subscription = ?::uuid",
                id);
        write(world, "anna", "silent-1");
        Receiver.await("off", PATIENCE, () -> "off".equals(state(id)));
        assertThat(receiver.events()).isEmpty();
        assertThat(Subscriptions.read(world.clinicToken(), id).getError())
                .startsWith("Its client has not shown a token");
        write(world, "anna", "silent-2");
        Receiver.await("nothing waits", PATIENCE, () -> waiting(id) == 0);
    }

    private String state(String id) {
        return String.valueOf(database.queryForObject(
                "SELECT state FROM sinusnode.subscription WHERE subscription = ?::uuid", String.class, id));
    }

    @Test
    void anEndpointThatFailsForDaysIsGivenUp() {
        ExportWorld world = new ExportWorld("given-up");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        receiver.answer(500);
        write(world, "anna", "given-up-1");
        Receiver.await("error", PATIENCE, () -> "error".equals(state(id)));
        database.update(
                "UPDATE sinusnode.subscription SET failing_since = now() - interval '4 days', due = now() WHERE subscription = ?::uuid",
                id);
        Receiver.await("off", PATIENCE, () -> "off".equals(state(id)));
        assertThat(waiting(id)).isZero();
    }

    @Test
    void aHeartbeatComesWhenAskedFor() {
        ExportWorld world = new ExportWorld("beating");
        String patient = world.patient("anna");
        Subscription asked = topic(receiver.url(), "Observation?patient=" + patient);
        asked.getChannel().addExtension(Backport.HEARTBEAT, new UnsignedIntType(30));
        String id = active(world.clinicToken(), asked);
        database.update("UPDATE sinusnode.subscription SET heartbeat_due = now() WHERE subscription = ?::uuid", id);
        Receiver.await("a heartbeat", PATIENCE, () -> receiver.all().stream()
                .anyMatch(each -> each.type().equals("heartbeat")));
    }

    @Test
    void anErasureTakesWhatWaits() {
        ExportWorld world = new ExportWorld("erased");
        String patient = world.patient("anna");
        String others = active(world.clinicToken(), topic(receiver.url(), "CarePlan?status=active"));
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        receiver.answer(500);
        write(world, "anna", "erased-1");
        Receiver.await("error", PATIENCE, () -> "error".equals(state(id)));
        Answer erased = post(
                "/Patient/" + patient + "/$erase",
                TOKENS.loader(),
                new Parameters()
                        .addParameter("patient", new Reference("Patient/" + patient))
                        .addParameter("reason", new CodeType("objection")));
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        assertThat(waiting(id)).isZero();
        assertThat(get("/Subscription/" + id, world.clinicToken()).status())
                .as("it named the patient")
                .isEqualTo(404);
        assertThat(Subscriptions.status(world.clinicToken(), others)).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    /** From the write to the receiver's answer, one write after another. */
    @Test
    void theLagIsShort() {
        ExportWorld world = new ExportWorld("lag");
        String patient = world.patient("anna");
        active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        List<Long> lags = new ArrayList<>();
        for (long i = 1; i <= 60; i++) {
            long number = i;
            write(world, "anna", "lag-" + i);
            long written = System.nanoTime();
            Receiver.await("event " + number, PATIENCE, () -> receiver.numbers().contains(number));
            lags.add((receiver.events().get(receiver.events().size() - 1).nanos() - written) / 1_000_000);
        }
        lags.sort(null);
        long median = lags.get(lags.size() / 2);
        long p95 = lags.get((int) (lags.size() * 0.95));
        System.out.println("Delivery lag of " + lags.size() + " events: median " + median + " ms, p95 " + p95 + " ms");
        assertThat(Duration.ofMillis(p95)).isLessThan(Duration.ofSeconds(5));
    }
}
