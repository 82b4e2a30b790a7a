package eu.sinusnode.server.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import java.time.Duration;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/** Subscriptions of tests. */
public final class Subscriptions {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Subscriptions() {}

    /** To the topic of the type, told without content. */
    public static Subscription topic(String endpoint, String filter) {
        Subscription asked = classic(endpoint, filter);
        String type = filter.contains("?") ? filter.substring(0, filter.indexOf('?')) : filter;
        asked.setCriteria(Objects.requireNonNull(Backport.topics().get(type)));
        asked.getMeta().addProfile(Backport.SUBSCRIPTION);
        asked.getCriteriaElement().addExtension(Backport.FILTER, new StringType(filter));
        asked.getChannel().setPayload("application/fhir+json");
        asked.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType("empty"));
        return asked;
    }

    /** The same, and told which record it is. */
    public static Subscription idOnly(String endpoint, String filter) {
        Subscription asked = topic(endpoint, filter);
        asked.getChannel().getPayloadElement().getExtension().get(0).setValue(new CodeType("id-only"));
        return asked;
    }

    /** On a websocket, told without content. */
    static Subscription socket(String filter) {
        Subscription asked = topic("", filter);
        asked.getChannel().setType(SubscriptionChannelType.WEBSOCKET).setEndpoint(null);
        return asked;
    }

    /** On a websocket, told which record it is. */
    public static Subscription idOnly(String filter) {
        Subscription asked = socket(filter);
        asked.getChannel().getPayloadElement().getExtension().get(0).setValue(new CodeType("id-only"));
        return asked;
    }

    static Subscription classic(String endpoint, String criteria) {
        Subscription asked = new Subscription();
        asked.setStatus(SubscriptionStatus.REQUESTED)
                .setReason("To fetch what is new")
                .setCriteria(criteria);
        asked.getChannel().setType(SubscriptionChannelType.RESTHOOK).setEndpoint(endpoint);
        return asked;
    }

    /** Created and active. */
    static String active(String token, Subscription asked) {
        Answer created = RunningServer.post("/Subscription", token, asked);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.resource().getIdElement().getIdPart();
        Receiver.await("active", PATIENCE, () -> status(token, id) == SubscriptionStatus.ACTIVE);
        return id;
    }

    static SubscriptionStatus status(String token, String id) {
        return read(token, id).getStatus();
    }

    static Subscription read(String token, String id) {
        Answer answer = RunningServer.get("/Subscription/" + id, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (Subscription) answer.resource();
    }

    static void delete(String token, String id) {
        Answer answer = RunningServer.send(
                RunningServer.request("/Subscription/" + id, token).DELETE());
        assertThat(answer.status()).as(answer.body()).isIn(200, 204);
    }
}
