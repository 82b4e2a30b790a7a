package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/** A Subscription is its creator's alone, so each kind of caller has one of its own. */
final class WalkSubscriptions {

    private static final Map<CallerKind, String> OWN = new ConcurrentHashMap<>();

    private WalkSubscriptions() {}

    /** To nobody: nothing listens at the endpoint. */
    static Subscription asked() {
        Subscription asked = new Subscription();
        asked.setStatus(SubscriptionStatus.REQUESTED)
                .setReason("To be asked about")
                .setCriteria("Observation?patient=" + WalkWorld.PATIENT);
        asked.getChannel().setType(SubscriptionChannelType.RESTHOOK).setEndpoint("http://127.0.0.1:9/told");
        return asked;
    }

    /** The id of the kind's own; of an unknown one for kinds that have none. */
    static String of(CallerKind kind) {
        return OWN.computeIfAbsent(kind, WalkSubscriptions::fresh);
    }

    /** One more. */
    static String fresh(CallerKind kind) {
        if (!AccessMatrix.standard().allows(kind, "Subscription", Interaction.CREATE)) {
            return Records.id("walk-no-subscription");
        }
        Answer created = RunningServer.post("/Subscription", WalkWorld.token(kind), asked());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.resource().getIdElement().getIdPart();
    }
}
