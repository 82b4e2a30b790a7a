package eu.sinusnode.server.residency;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import eu.sinusnode.server.storage.Zone;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;

/** Whether an endpoint may be used for a purpose today, as the signed registry has it. */
public final class EndpointRegistry {

    private final ResidencyDocument document;
    private final EndpointPurpose purpose;
    private final Clock clock;

    public EndpointRegistry(ResidencyDocument document, EndpointPurpose purpose, Clock clock) {
        this.document = document;
        this.purpose = purpose;
        this.clock = clock;
    }

    public Decision decide(URI endpoint) {
        return document.decide(
                Dependency.of(purpose.word(), purpose, String.valueOf(endpoint.getHost())),
                LocalDate.now(clock.withZone(Zone.OF_DATES)));
    }
}
