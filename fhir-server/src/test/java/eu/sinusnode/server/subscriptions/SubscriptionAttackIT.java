package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.Subscriptions.PATIENCE;
import static eu.sinusnode.server.subscriptions.Subscriptions.active;
import static eu.sinusnode.server.subscriptions.Subscriptions.classic;
import static eu.sinusnode.server.subscriptions.Subscriptions.topic;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who wants to be told what is not theirs, or to have it told elsewhere. */
class SubscriptionAttackIT extends RunningServer {

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
        receiver.close();
    }

    private static String clinic() {
        return TOKENS.clinicSystem(Records.CLINIC);
    }

    private static Answer create(Subscription asked) {
        return post("/Subscription", clinic(), asked);
    }

    private static void refused(Subscription asked, int status, DenialCode code) {
        Answer answer = create(asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.codes()).containsOnly(code.code());
        Audited.refusal(answer, code.code());
    }

    @Test
    void anEndpointIsRegisteredInsideTheTier() {
        for (String elsewhere : List.of(
                "https://hooks.example.com/told",
                "https://login.sinusnode.test/told",
                "https://nowhere.invalid.example.com/told",
                "https://10.0.0.1/told",
                "https://169.254.169.254/latest")) {
            refused(topic(elsewhere, "Observation"), 403, DenialCode.RESIDENCY_ENDPOINT);
        }
    }

    @Test
    void anEndpointHasTheFormOfOne() {
        for (String bad : List.of(
                "http://nowhere.invalid/told",
                "https://user:secret@nowhere.invalid/told",
                "https://nowhere.invalid/told#part",
                "ftp://127.0.0.1/told",
                "file:///etc/passwd",
                "told",
                "https:///told")) {
            refused(topic(bad, "Observation"), 422, DenialCode.SUBSCRIPTION);
        }
    }

    /** It is registered, but its name leads nowhere: nothing is sent, and the owner is told so. */
    @Test
    void aNameIsLookedUpWhenSomethingIsSent() {
        Answer created = create(topic("https://nowhere.invalid/told", "Observation"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.resource().getIdElement().getIdPart();
        Receiver.await(
                "a problem", PATIENCE, () -> Subscriptions.read(clinic(), id).hasError());
        assertThat(Subscriptions.read(clinic(), id).getStatus()).isEqualTo(SubscriptionStatus.REQUESTED);
        assertThat(Subscriptions.read(clinic(), id).getError()).isEqualTo("The endpoint cannot be reached.");
    }

    @Test
    void noRedirectIsFollowed() {
        try (Receiver elsewhere = new Receiver()) {
            receiver.redirect(elsewhere.url());
            Answer created = create(topic(receiver.url(), "Observation"));
            String id = created.resource().getIdElement().getIdPart();
            Receiver.await("a problem", PATIENCE, () -> Subscriptions.read(clinic(), id)
                    .hasError());
            assertThat(Subscriptions.read(clinic(), id).getError()).isEqualTo("The endpoint answered 307.");
            assertThat(elsewhere.all()).isEmpty();
        }
    }

    /** The registry is asked again for each delivery, here with an endpoint that is not in it any more. */
    @Test
    void anEndpointThatIsNotRegisteredAnyMoreIsToldNothing() {
        ExportWorld world = new ExportWorld("unregistered");
        String patient = world.patient("anna");
        String id = active(world.clinicToken(), topic(receiver.url(), "Observation?patient=" + patient));
        database.update(
                "UPDATE sinusnode.subscription SET rules = replace(rules, '127.0.0.1', 'gone.example.org') WHERE subscription = ?::uuid",
                id);
        int before = receiver.all().size();
        write(world, "anna");
        Receiver.await("refused", PATIENCE, () -> Subscriptions.read(world.clinicToken(), id)
                .hasError());
        assertThat(Subscriptions.read(world.clinicToken(), id).getError()).startsWith("SN-RESIDENCY-003: ");
        assertThat(receiver.all()).hasSize(before);
        assertThat(get("/AuditEvent?request-id=" + id, TOKENS.auditor()).body()).contains("SN-RESIDENCY-003");
    }

    private static void write(ExportWorld world, String who) {
        Observation vital = Records.heartRate(world.id(who), world.id(who + "-cuff"), "attack-" + UUID.randomUUID());
        Answer written = post("/Observation", world.clinicToken(), vital);
        assertThat(written.status()).as(written.body()).isEqualTo(201);
    }

    @Test
    void noContentLeavesAndNoOtherChannelIsServed() {
        for (SubscriptionChannelType type :
                List.of(SubscriptionChannelType.EMAIL, SubscriptionChannelType.SMS, SubscriptionChannelType.MESSAGE)) {
            Subscription asked = topic(receiver.url(), "Observation");
            asked.getChannel().setType(type);
            refused(asked, 422, DenialCode.SUBSCRIPTION);
        }
        Subscription full = topic(receiver.url(), "Observation");
        full.getChannel().getPayloadElement().getExtension().get(0).setValue(new CodeType("full-resource"));
        refused(full, 422, DenialCode.SUBSCRIPTION);
        Subscription payload = classic(receiver.url(), "Observation");
        payload.getChannel().setPayload("application/fhir+json");
        refused(payload, 422, DenialCode.SUBSCRIPTION);
    }

    @Test
    void criteriaAskForNothingThatIsHidden() {
        for (String criteria : List.of(
                "AuditEvent",
                "Consent?patient=" + Records.id("x"),
                "Patient?name=Brandt",
                "Subscription",
                "Observation?value-quantity=gt100",
                "Observation?patient.name=Brandt",
                "Observation?_has:Provenance:target:agent=x",
                "Observation?code:not=8867-4",
                "Observation?patient=Brandt",
                "Observation?status=final&status=preliminary",
                "Observation?",
                "[a-z]*",
                "")) {
            if (!criteria.equals("Observation?")) {
                Answer answer = create(classic(receiver.url(), criteria));
                assertThat(answer.status()).as(criteria + ": " + answer.body()).isIn(400, 422);
            }
        }
    }

    /** What a caller may not search the type by, it may not be told by. */
    @Test
    void anInsurerSubscribesToNothingThatItMayNotRead() {
        String insurer = TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER));
        Answer task = post("/Subscription", insurer, classic(receiver.url(), "Task"));
        assertThat(task.status()).as(task.body()).isEqualTo(403);
        Answer unscoped = post(
                "/Subscription",
                TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)
                        .claim("scope", "system/Subscription.crds")),
                classic(receiver.url(), "Observation"));
        assertThat(unscoped.codes()).containsOnly(DenialCode.SCOPE.code());
        for (CallerKind closed : List.of(CallerKind.DEVICE_GATEWAY, CallerKind.RESEARCHER, CallerKind.ANALYSIS_JOB)) {
            String token = TOKENS.token(closed, claims -> claims.claim("organization", Records.CENTRE));
            Answer answer = post("/Subscription", token, classic(receiver.url(), "Observation"));
            assertThat(answer.codes()).as(closed.claim()).containsOnly(DenialCode.INTERACTION.code());
        }
    }

    @Test
    void anotherClientsSubscriptionDoesNotExist() {
        String id = active(clinic(), topic(receiver.url(), "Observation"));
        ExportWorld other = new ExportWorld("foreign");
        String unknown = UUID.randomUUID().toString();
        for (String token : List.of(
                other.clinicToken(),
                TOKENS.clinician(Records.CLINIC),
                TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", Records.CLINIC)
                        .claim("azp", "another-client")))) {
            for (String path : List.of("/Subscription/%s", "/Subscription/%s/$status")) {
                same(get(path.formatted(id), token), get(path.formatted(unknown), token), id, unknown);
            }
            same(delete(id, token, null), delete(unknown, token, null), id, unknown);
            same(delete(id, token, "W/\"7\""), delete(unknown, token, "W/\"7\""), id, unknown);
            assertThat(get("/Subscription?_id=" + id, token).bundle().getEntry())
                    .isEmpty();
            assertThat(get("/Subscription?status=active", token).bundle().getEntry())
                    .isEmpty();
        }
        assertThat(get("/Subscription?status=active", clinic()).bundle().getEntry())
                .hasSize(1);
        Subscriptions.delete(clinic(), id);
        assertThat(get("/Subscription/" + id, clinic()).status()).isEqualTo(404);
    }

    private static Answer delete(String id, String token, @Nullable String ifMatch) {
        var request = request("/Subscription/" + id, token).DELETE();
        return send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    private static void same(Answer hidden, Answer unknown, String id, String otherId) {
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(404);
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(404);
        assertThat(hidden.body().replace(id, "")).isEqualTo(unknown.body().replace(otherId, ""));
    }

    @Test
    void aPasswordInAHeaderIsSentAndNeverShown() {
        ExportWorld world = new ExportWorld("secret");
        String patient = world.patient("anna");
        Subscription asked = topic(receiver.url(), "Observation?patient=" + patient);
        asked.getChannel().addHeader("Authorization: Bearer sesame-7351").addHeader("X-Ward: 3-sesame-7351");
        Answer created = post("/Subscription", world.clinicToken(), asked);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.resource().getIdElement().getIdPart();
        Receiver.await("the handshake", PATIENCE, () -> !receiver.all().isEmpty());
        assertThat(receiver.all().get(0).headers().getFirst("Authorization")).isEqualTo("Bearer sesame-7351");
        assertThat(receiver.all().get(0).headers().getFirst("X-Ward")).isEqualTo("3-sesame-7351");
        for (String path :
                List.of("/Subscription/" + id, "/Subscription?_id=" + id, "/Subscription/" + id + "/$status")) {
            assertThat(get(path, world.clinicToken()).body()).doesNotContain("sesame");
        }
        assertThat(created.body()).doesNotContain("sesame").contains("Authorization: (kept)");
        assertThat(database.queryForObject(
                        "SELECT s::text || encode(s.headers, 'escape') FROM sinusnode.subscription s WHERE s.subscription = ?::uuid",
                        String.class,
                        id))
                .doesNotContain("sesame");
        assertThat(get("/AuditEvent?entity=Subscription/" + id, TOKENS.auditor())
                        .body())
                .doesNotContain("sesame");
    }

    @Test
    void aHeaderIsNoWayIntoTheRequest() {
        for (String bad :
                List.of("Host: other", "Content-Length: 0", "X-A: b\r\nHost: other", "Cookie: a=b", "X-A", "X-A:b")) {
            Subscription asked = topic(receiver.url(), "Observation");
            asked.getChannel().addHeader(bad);
            refused(asked, 422, DenialCode.SUBSCRIPTION);
        }
    }

    @Test
    void aTransactionBringsNone() {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(topic(receiver.url(), "Observation"))
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Subscription");
        Answer answer = post("", clinic(), bundle);
        assertThat(answer.codes()).containsOnly(DenialCode.BUNDLE.code());
        assertThat(stored("Subscription")).isZero();
    }

    @Test
    void whatIsNotUnderstoodIsNotPassedOver() {
        Subscription active = topic(receiver.url(), "Observation");
        active.setStatus(SubscriptionStatus.ACTIVE);
        refused(active, 422, DenialCode.SUBSCRIPTION);
        Subscription extended = topic(receiver.url(), "Observation");
        extended.getChannel().addExtension("https://example.org/how", new CodeType("x"));
        refused(extended, 422, DenialCode.SUBSCRIPTION);
        Subscription twice = topic(receiver.url(), "Observation");
        twice.getCriteriaElement().addExtension(Backport.FILTER, new org.hl7.fhir.r4.model.StringType("Observation"));
        refused(twice, 422, DenialCode.SUBSCRIPTION);
        Subscription other = topic(receiver.url(), "Observation");
        other.setCriteria(Backport.topics().get("Task"));
        refused(other, 422, DenialCode.SUBSCRIPTION);
    }
}
