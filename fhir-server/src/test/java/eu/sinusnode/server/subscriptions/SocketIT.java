package eu.sinusnode.server.subscriptions;

import static eu.sinusnode.server.subscriptions.Subscriptions.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.server.attack.ForgedLogouts;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client is told on a websocket, who may bind one, and how long it stays. */
class SocketIT extends RunningServer {

    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;
    private static final int TOO_BIG = 1009;

    @AfterEach
    void close() {
        database.update("DELETE FROM sinusnode.subscription");
        database.update("DELETE FROM sinusnode.subscription_event");
    }

    static String write(ExportWorld world, String who) {
        Observation vital = Records.heartRate(world.id(who), world.id(who + "-cuff"), "socket-" + UUID.randomUUID());
        Answer written = post("/Observation", world.clinicToken(), vital);
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        return written.resource().getIdElement().getIdPart();
    }

    static String created(String token, Subscription asked) {
        Answer created = post("/Subscription", token, asked);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.resource().getIdElement().getIdPart();
    }

    static String bindingToken(String token, String id) {
        Answer answer = get("/Subscription/" + id + "/$get-ws-binding-token", token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Parameters) answer.resource()).getParameter("token").getValue().primitiveValue();
    }

    private static void awaitStatus(String token, String id, SubscriptionStatus status) {
        Receiver.await(status.toCode(), PATIENCE, () -> Subscriptions.status(token, id) == status);
    }

    @Test
    void anEventIsToldOnTheSocketThatWasBound() {
        ExportWorld world = new ExportWorld("socket");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        Answer answer = get("/Subscription/" + id + "/$get-ws-binding-token", world.clinicToken());
        Parameters token = (Parameters) answer.resource();
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(token.getParameter("subscription").getValue().primitiveValue())
                .isEqualTo(id);
        assertThat(token.getParameter("websocket-url").getValue().primitiveValue())
                .isEqualTo(BASE.replaceFirst("http", "ws").replace("/fhir", "/websocket"));
        Instant expiration =
                Instant.parse(token.getParameter("expiration").getValue().primitiveValue());
        assertThat(expiration)
                .isBetween(Instant.now().plusSeconds(20), Instant.now().plusSeconds(61));
        assertThat(Subscriptions.status(world.clinicToken(), id)).isEqualTo(SubscriptionStatus.REQUESTED);
        try (SocketClient client = SocketClient.open()) {
            client.bind(token.getParameter("token").getValue().primitiveValue()).awaitHandshake();
            awaitStatus(world.clinicToken(), id, SubscriptionStatus.ACTIVE);
            String vital = write(world, "anna");
            client.await(1);
            assertThat(client.events()).singleElement().satisfies(event -> {
                assertThat(event.body()).doesNotContain(patient).doesNotContain(vital);
                assertThat(event.status().getParameter("topic").getValue().primitiveValue())
                        .isEqualTo(Backport.topics().get("Observation"));
            });
            assertThat(get("/AuditEvent?request-id=" + id, TOKENS.auditor())
                            .bundle()
                            .getEntry())
                    .hasSize(1);
            assertThat(client.closed()).isZero();
        }
        awaitStatus(world.clinicToken(), id, SubscriptionStatus.ERROR);
        assertThat(Subscriptions.read(world.clinicToken(), id).getError()).isEqualTo("No websocket is bound.");
    }

    @Test
    void aTokenBindsOnceWithinItsMinuteAndItIsKeptAsAHash() {
        ExportWorld world = new ExportWorld("socket-once");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        String access = world.clinicToken();
        String token = bindingToken(access, id);
        assertThat(database.queryForList(
                        "SELECT encode(b.hash, 'escape') || encode(b.bearer, 'escape') FROM sinusnode.subscription_binding b",
                        String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains(token) || row.contains(access));
        long before = refusedTokens();
        try (SocketClient first = SocketClient.open();
                SocketClient second = SocketClient.open();
                SocketClient late = SocketClient.open();
                SocketClient made = SocketClient.open()) {
            first.bind(token).awaitHandshake();
            second.bind(token).awaitClosed(POLICY);
            String old = bindingToken(world.clinicToken(), id);
            database.update("UPDATE sinusnode.subscription_binding SET expires = now() - interval '1 second'");
            late.bind(old).awaitClosed(POLICY);
            made.bind("x".repeat(43)).awaitClosed(POLICY);
            assertThat(first.closed()).isZero();
            assertThat(second.all()).isEmpty();
            assertThat(late.all()).isEmpty();
        }
        assertThat(refusedTokens()).isGreaterThan(before);
    }

    private long refusedTokens() {
        // A search waits for what was recorded before it.
        assertThat(get("/AuditEvent?_count=1", TOKENS.auditor()).status()).isEqualTo(200);
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.audit_event WHERE denial_code = ?",
                Long.class,
                DenialCode.TOKEN_INVALID.code());
        return count == null ? 0 : count;
    }

    @Test
    void anotherClientGetsNoToken() {
        ExportWorld world = new ExportWorld("socket-own");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        String foreign = new ExportWorld("socket-foreign").clinicToken();
        String unknown = UUID.randomUUID().toString();
        for (String path :
                List.of("/Subscription/%s/$get-ws-binding-token", "/Subscription/$get-ws-binding-token?id=%s")) {
            Answer hidden = get(path.formatted(id), foreign);
            Answer none = get(path.formatted(unknown), foreign);
            assertThat(hidden.status())
                    .as(hidden.body())
                    .isEqualTo(none.status())
                    .isIn(400, 404);
            assertThat(hidden.body().replace(id, "")).isEqualTo(none.body().replace(unknown, ""));
        }
        assertThat(get("/Subscription/$get-ws-binding-token", foreign).body()).contains("SN-SUBSCRIPTION-003");
        assertThat(get("/Subscription/" + id + "/$get-ws-binding-token", null).status())
                .isEqualTo(401);
    }

    @Test
    void whoShowsNoTokenIsNotBound() {
        ExportWorld world = new ExportWorld("socket-none");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        try (SocketClient classic = SocketClient.open();
                SocketClient silent = SocketClient.open();
                SocketClient long_ = SocketClient.open()) {
            classic.say("bind " + id).awaitClosed(POLICY);
            long_.say("bind-with-token: " + "x".repeat(2000)).awaitClosed(TOO_BIG);
            silent.awaitClosed(POLICY);
            assertThat(classic.all()).isEmpty();
        }
        Answer plain = get(ORIGIN + "/websocket", null);
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.codes()).containsExactly("SN-REQUEST-006");
        assertThatThrownBy(() -> SocketClient.with(Map.of("Origin", "https://elsewhere.example.org")))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        Subscription withoutTopic = Subscriptions.classic("", "Observation?patient=" + patient);
        withoutTopic.getChannel().setEndpoint(null).setType(Subscription.SubscriptionChannelType.WEBSOCKET);
        assertThat(post("/Subscription", world.clinicToken(), withoutTopic).codes())
                .containsOnly(DenialCode.SUBSCRIPTION.code());
    }

    @Test
    void aFloodEndsTheSocket() {
        try (SocketClient client = SocketClient.open()) {
            ExportWorld world = new ExportWorld("socket-flood");
            String patient = world.patient("anna");
            String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
            for (int i = 0; i < 12 && client.closed() == 0; i++) {
                client.bind(bindingToken(world.clinicToken(), id));
            }
            client.awaitClosed(POLICY);
        }
    }

    @Test
    void whatIsWithdrawnIsNotToldAnyMore() {
        ExportWorld world = new ExportWorld("socket-withdrawn");
        world.patient("anna");
        world.patient("berta");
        String id = created(world.clinicToken(), Subscriptions.idOnly("Observation"));
        try (SocketClient client = SocketClient.open()) {
            client.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            write(world, "anna");
            client.await(1);
        }
        awaitStatus(world.clinicToken(), id, SubscriptionStatus.ERROR);
        String withdrawn = write(world, "anna");
        world.withdraw("anna");
        String ofBerta = write(world, "berta");
        try (SocketClient again = SocketClient.open()) {
            again.bind(bindingToken(world.clinicToken(), id));
            again.await(2);
            assertThat(again.events())
                    .flatExtracting(Receiver.Received::focuses)
                    .singleElement()
                    .asString()
                    .endsWith(ofBerta);
            assertThat(again.all()).noneMatch(each -> each.body().contains(withdrawn));
        }
    }

    @Test
    void theSocketEndsWithTheLoginThatBoundIt() {
        ExportWorld world = new ExportWorld("socket-logout");
        String patient = world.patient("anna");
        String session = UUID.randomUUID().toString();
        String token = TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", world.id("clinic"))
                .claim("azp", "socket-client")
                .claim("sid", session));
        String id = created(token, Subscriptions.socket("Observation?patient=" + patient));
        String unused = bindingToken(token, id);
        try (SocketClient client = SocketClient.open();
                SocketClient late = SocketClient.open()) {
            client.bind(bindingToken(token, id)).awaitHandshake();
            String form = "logout_token=" + new ForgedLogouts("socket-client", session).good();
            assertThat(send(request(ORIGIN + "/backchannel-logout", null)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form, StandardCharsets.UTF_8)))
                            .status())
                    .isEqualTo(200);
            write(world, "anna");
            client.awaitClosed(POLICY);
            assertThat(client.events()).isEmpty();
            late.bind(unused).awaitClosed(POLICY);
        }
    }

    @Test
    void theSocketEndsWithItsAccessTokenUnlessItIsBoundAnew() {
        ExportWorld world = new ExportWorld("socket-expired");
        String patient = world.patient("anna");
        String brief = TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", world.id("clinic"))
                .expirationTime(Date.from(Instant.now().plusSeconds(20))));
        String id = created(brief, Subscriptions.socket("Observation?patient=" + patient));
        String longer =
                TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", world.id("clinic")));
        String other = created(brief, Subscriptions.socket("Observation?status=final&patient=" + patient));
        try (SocketClient renewed = SocketClient.open()) {
            renewed.bind(bindingToken(brief, other)).awaitHandshake();
            renewed.bind(bindingToken(longer, other));
            try (SocketClient client = SocketClient.open()) {
                client.bind(bindingToken(brief, id)).awaitHandshake();
                client.awaitClosed(POLICY);
            }
            assertThat(renewed.closed()).isZero();
        }
    }

    @Test
    void theSocketEndsWithItsSubscription() {
        ExportWorld world = new ExportWorld("socket-deleted");
        String patient = world.patient("anna");
        String one = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        String other =
                created(world.clinicToken(), Subscriptions.socket("Observation?status=final&patient=" + patient));
        try (SocketClient client = SocketClient.open();
                SocketClient off = SocketClient.open()) {
            client.bind(bindingToken(world.clinicToken(), one)).awaitHandshake();
            off.bind(bindingToken(world.clinicToken(), other)).awaitHandshake();
            Subscriptions.delete(world.clinicToken(), one);
            client.awaitClosed(NORMAL);
            database.update("UPDATE sinusnode.subscription SET state = 'off' WHERE subscription = ?::uuid", other);
            off.awaitClosed(NORMAL);
        }
        assertThat(get("/Subscription/" + other + "/$get-ws-binding-token", world.clinicToken())
                        .body())
                .contains("SN-SUBSCRIPTION-003");
    }

    @Test
    void afterABreakNothingIsLostAndNoNumberIsAnotherEvent() {
        ExportWorld world = new ExportWorld("socket-break");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.idOnly("Observation?patient=" + patient));
        // From its first handshake on nothing is passed over.
        try (SocketClient first = SocketClient.open()) {
            first.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
        }
        List<String> written = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            try (SocketClient client = SocketClient.open()) {
                written.add(write(world, "anna"));
                client.bind(bindingToken(world.clinicToken(), id));
                written.add(write(world, "anna"));
                client.await(written.size());
                numbers.addAll(client.numbers());
            }
            written.add(write(world, "anna"));
        }
        try (SocketClient last = SocketClient.open()) {
            last.bind(bindingToken(world.clinicToken(), id));
            last.await(written.size());
            numbers.addAll(last.numbers());
        }
        assertThat(numbers.stream().distinct().sorted().toList())
                .isEqualTo(LongStream.rangeClosed(1, written.size()).boxed().toList());
        Receiver.await("settled", PATIENCE, () -> waiting(id) == 0);
        Receiver.Received all = new Receiver.Received(
                0,
                "GET",
                new Headers(),
                get("/Subscription/" + id + "/$events", world.clinicToken()).body());
        assertThat(all.numbers())
                .isEqualTo(LongStream.rangeClosed(1, written.size()).boxed().toList());
        assertThat(all.focuses())
                .zipSatisfy(written, (focus, observation) -> assertThat(focus).endsWith(observation));
    }

    private long waiting(String id) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.subscription_event WHERE subscription = ?::uuid", Long.class, id);
        return count == null ? 0 : count;
    }

    /** It gives no receipt, so it is closed, and what it was sent is sent again under its number. */
    @Test
    void whoTakesNothingIsClosedAndLosesNothing() {
        ExportWorld world = new ExportWorld("socket-deaf");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.idOnly("Observation?patient=" + patient));
        String vital;
        try (SocketClient deaf = SocketClient.deaf();
                Receiver receiver = new Receiver()) {
            Subscriptions.active(
                    world.clinicToken(), Subscriptions.topic(receiver.url(), "Observation?patient=" + patient));
            deaf.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            vital = write(world, "anna");
            Receiver.await("others are told meanwhile", PATIENCE, () -> receiver.numbers()
                    .contains(1L));
            awaitStatus(world.clinicToken(), id, SubscriptionStatus.ERROR);
            assertThat(waiting(id)).as("nothing is settled without a receipt").isEqualTo(1);
        }
        String second = write(world, "anna");
        try (SocketClient client = SocketClient.open()) {
            client.bind(bindingToken(world.clinicToken(), id));
            client.await(2);
            assertThat(client.numbers()).containsExactly(1L, 2L);
            assertThat(client.events())
                    .flatExtracting(Receiver.Received::focuses)
                    .satisfiesExactly(focus -> assertThat(focus).endsWith(vital), focus -> assertThat(focus)
                            .endsWith(second));
        }
    }

    @Test
    void theLastThatWasBoundIsTold() {
        ExportWorld world = new ExportWorld("socket-last");
        String patient = world.patient("anna");
        String id = created(world.clinicToken(), Subscriptions.socket("Observation?patient=" + patient));
        try (SocketClient first = SocketClient.open();
                SocketClient second = SocketClient.open()) {
            first.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            second.bind(bindingToken(world.clinicToken(), id)).awaitHandshake();
            first.awaitClosed(NORMAL);
            write(world, "anna");
            second.await(1);
            assertThat(first.events()).isEmpty();
        }
    }

    @Test
    void oneClientHasTenSocketsAtMost() {
        ExportWorld world = new ExportWorld("socket-many");
        String patient = world.patient("anna");
        List<SocketClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                String id = created(
                        world.clinicToken(), Subscriptions.socket("Observation?status=final&patient=" + patient));
                open.add(SocketClient.open().bind(bindingToken(world.clinicToken(), id)));
            }
            open.forEach(SocketClient::awaitHandshake);
            String id =
                    created(world.clinicToken(), Subscriptions.socket("Observation?status=final&patient=" + patient));
            SocketClient oneMore = SocketClient.open();
            open.add(oneMore);
            oneMore.bind(bindingToken(world.clinicToken(), id)).awaitClosed(POLICY);
            assertThat(open.subList(0, 10)).allMatch(each -> each.closed() == 0);
        } finally {
            open.forEach(SocketClient::close);
        }
    }
}
