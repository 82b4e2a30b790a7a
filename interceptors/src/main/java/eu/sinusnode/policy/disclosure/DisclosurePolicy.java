package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Ruling;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.Extent;
import eu.sinusnode.policy.narrowing.Question;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The whole decision on one record on its way out: matrix, scope, relationship, consent, signature. */
public final class DisclosurePolicy {

    private final AuthorizationPolicy authorization;
    private final RecordVisibility visibility;
    private final ConsentPolicy consent = new ConsentPolicy();

    public DisclosurePolicy(AuthorizationPolicy authorization, RecordVisibility visibility) {
        this.authorization = authorization;
        this.visibility = visibility;
    }

    /**
     * Why a read would be decided as it would be: {@link #decide} says whether, and this says by which rule, as if the link
     * were there that the caller needs.
     *
     * @param record of this one patient
     */
    public Explanation explain(Caller caller, RecordFacts record, Standing standing, Instant at) {
        boolean exported = caller.kind().getsExportsAlone();
        boolean permitted = isPermitted(caller, record, standing, at);
        Optional<Boolean> related =
                visibility.decideLink(caller, record, standing, at).map(Decision.Permit.class::isInstance);
        Decision type = exported
                ? decideExportedType(caller, record.resourceType())
                : decideType(caller, record.resourceType(), Interaction.READ);
        if (type instanceof Decision.Deny) {
            return new Explanation(permitted, Explanation.Rule.NOT_OPEN, null, related.orElse(null));
        }
        if (permitted && standing.opening() != null && !isPermitted(caller, record, standing.byConsent(), at)) {
            return new Explanation(
                    true,
                    Explanation.Rule.BREAK_GLASS,
                    null,
                    related.orElse(null),
                    standing.opening().until());
        }
        if (standing.restricted()) {
            return new Explanation(permitted, Explanation.Rule.RESTRICTED, null, related.orElse(null));
        }
        Ruling ruling = consent.rule(caller, record, standing, at);
        Standing linked = new Standing(standing.patientId(), true, standing.directives());
        Decision otherwise = visibility.decideRecord(
                caller,
                exported ? Interaction.SEARCH : Interaction.READ,
                record,
                Map.of(standing.patientId(), linked),
                at);
        if (ruling.isPermitted() && otherwise instanceof Decision.Deny deny) {
            return new Explanation(
                    permitted,
                    deny.code() == DenialCode.UNSIGNED ? Explanation.Rule.UNSIGNED : Explanation.Rule.NOT_OPEN,
                    null,
                    related.orElse(null));
        }
        return new Explanation(permitted, Explanation.Rule.of(ruling.rule()), ruling.by(), related.orElse(null));
    }

    /** What the patient's own read would be answered, of a record of that patient; no Consent is asked. */
    public Explanation explainOwn(Caller patient, RecordFacts record, Standing standing, Instant at) {
        Decision decision = decide(patient, Interaction.READ, record, Map.of(standing.patientId(), standing), at);
        if (decision instanceof Decision.Deny deny) {
            return new Explanation(
                    false,
                    deny.code() == DenialCode.UNSIGNED ? Explanation.Rule.UNSIGNED : Explanation.Rule.NOT_OPEN,
                    null,
                    null);
        }
        return new Explanation(true, Explanation.Rule.OWN_ACCESS, null, null);
    }

    private boolean isPermitted(Caller caller, RecordFacts record, Standing standing, Instant at) {
        Map<String, Standing> owner = Map.of(standing.patientId(), standing);
        Decision decision = caller.kind().getsExportsAlone()
                ? decideExport(caller, record, owner, at)
                : decide(caller, Interaction.READ, record, owner, at);
        return decision instanceof Decision.Permit;
    }

    /** What can be said before any record is looked at: matrix and scope. */
    public Decision decideType(Caller caller, String resourceType, Interaction interaction) {
        return authorization.decide(caller, resourceType, interaction);
    }

    /** As {@link #decideType}, for what leaves by an export: some callers have records by it alone. */
    public Decision decideExportedType(Caller caller, String resourceType) {
        return authorization.decideExport(caller, resourceType);
    }

    /** As {@link #decide}, for a record that leaves by an export. */
    public Decision decideExport(Caller caller, RecordFacts record, Map<String, Standing> standings, Instant now) {
        Decision open = decideExportedType(caller, record.resourceType());
        return open instanceof Decision.Deny
                ? open
                : visibility.decideRecord(caller, Interaction.SEARCH, record, standings, now);
    }

    /**
     * Whether {@link #decideExport} permits each signed record of the type that is this patient's and nobody else's,
     * whatever it says: as for a search, nothing narrows the type. It may say no where each single record would be
     * permitted, and never yes where one would not.
     */
    public boolean exportsEachSigned(Caller caller, String resourceType, Standing standing, Instant now) {
        return decideExportedType(caller, resourceType) instanceof Decision.Permit
                && visibility.extent(new Question(caller, Interaction.SEARCH, resourceType, standing, now))
                        instanceof Extent.Everything;
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
