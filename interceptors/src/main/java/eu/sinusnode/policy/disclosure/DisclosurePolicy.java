package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import java.time.Instant;
import java.util.Map;

/** The whole decision on one record on its way out: matrix, scope, relationship, consent, signature. */
public final class DisclosurePolicy {

    private final AuthorizationPolicy authorization;
    private final RecordVisibility visibility;

    public DisclosurePolicy(AuthorizationPolicy authorization, RecordVisibility visibility) {
        this.authorization = authorization;
        this.visibility = visibility;
    }

    /** What can be said before any record is looked at: matrix and scope. */
    public Decision decideType(Caller caller, String resourceType, Interaction interaction) {
        return authorization.decide(caller, resourceType, interaction);
    }

    /** @param interaction by which the record would leave: read or search */
    public Decision decide(
            Caller caller, Interaction interaction, RecordFacts record, Map<String, Standing> standings, Instant now) {
        Decision open = decideType(caller, record.resourceType(), interaction);
        return open instanceof Decision.Deny
                ? open
                : visibility.decideRecord(caller, interaction, record, standings, now);
    }
}
