package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import eu.sinusnode.server.storage.Zone;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;

/** Whether something may be sent to an endpoint today, as the signed registry has it. */
public final class EndpointRegistry {

    private static final String ELEMENT = "Subscription.channel.endpoint";

    private final ResidencyDocument document;
    private final Clock clock;

    public EndpointRegistry(ResidencyDocument document, Clock clock) {
        this.document = document;
        this.clock = clock;
    }

    public Decision decide(URI endpoint) {
        return document.decide(
                Dependency.of(ELEMENT, EndpointPurpose.SUBSCRIPTION, String.valueOf(endpoint.getHost())),
                LocalDate.now(clock.withZone(Zone.OF_DATES)));
    }
}
