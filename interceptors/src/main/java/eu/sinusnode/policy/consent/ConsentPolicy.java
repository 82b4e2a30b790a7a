package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.access.TimeParameters;
import eu.sinusnode.policy.consent.Reach.Part;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.RiskFlagCodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a patient's Consents give a caller, now, as {@link ConsentRules} say. Who needs a permit at all is not decided here.
 *
 * <p>One rule stands beside the Consents: the analysis job may have back what it wrote itself (flags, their Tasks and
 * Provenances) for as long as the patient permits it anything at all.
 */
public final class ConsentPolicy {

    /** Codes of the analysis job's own flags. */
    public static final Set<Code> FLAG_CODES = RiskFlagCodes.ALL.stream()
            .map(code -> new Code(Canonicals.OBSERVATION_CODES, code))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TYPES_THE_JOB_WRITES = Set.of("Task", "Provenance");

    /** The search parameter of the code by which consent may limit a type; empty when the type carries none. */
    public static Optional<String> codeParameter(String resourceType) {
        return LimitingParameters.code(resourceType);
    }

    /** The search parameter of the time by which consent may limit a type; empty when the type tells none. */
    public static Optional<String> timeParameter(String resourceType) {
        return TimeParameters.of(resourceType);
    }

    /** How far the patient lets the caller reach into its records of a type, as a search can be told. */
    public Reach reach(Caller caller, String resourceType, Standing standing, Instant now) {
        List<Directive> directives = standing.directives();
        ConsentRequest request = ConsentRequest.of(caller);
        if (!ConsentRules.permitSomething(directives, request, now)) {
            return new Reach.None(noConsent(caller, "the patient permits nothing"));
        }
        if (caller.kind() == CallerKind.ANALYSIS_JOB && TYPES_THE_JOB_WRITES.contains(resourceType)) {
            return new Reach.Everything();
        }
        boolean flags = caller.kind() == CallerKind.ANALYSIS_JOB && resourceType.equals("Observation");
        return ConsentReach.of(
                        directives,
                        request,
                        resourceType,
                        new ConsentReach.Tells(
                                codeParameter(resourceType).isPresent(),
                                timeParameter(resourceType).isPresent()),
                        now)
                .map(parts -> flags ? withFlags(parts) : parts)
                .or(() -> flags ? Optional.of(List.of(new Reach.OfCodes(FLAG_CODES))) : Optional.empty())
                .<Reach>map(parts -> parts.isEmpty() ? new Reach.Everything() : new Reach.Some(parts))
                .orElseGet(() -> new Reach.None(
                        new Decision.Deny(DenialCode.CONSENT, "no permit of the patient covers " + resourceType)));
    }

    private static List<Part> withFlags(List<Part> parts) {
        List<Part> widened = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Reach.OfCodes of) {
                widened.add(new Reach.OfCodes(both(of.codes())));
            } else if (part instanceof Reach.NotOfCodes not) {
                Set<Code> others = new HashSet<>(not.codes());
                others.removeAll(FLAG_CODES);
                if (!others.isEmpty()) {
                    widened.add(new Reach.NotOfCodes(others));
                }
            } else if (part instanceof Reach.NotOfInstances || part instanceof Reach.NotOfLabels) {
                widened.add(part);
            } else {
                widened.add(new Reach.OfCodes(FLAG_CODES));
            }
        }
        return widened;
    }

    private static Set<Code> both(Set<Code> codes) {
        Set<Code> both = new HashSet<>(codes);
        both.addAll(FLAG_CODES);
        return both;
    }

    /** Decides one record of the patient, as {@link #rule} says. */
    public Decision decide(Caller caller, RecordFacts record, Standing standing, Instant now) {
        Ruling ruling = rule(caller, record, standing, now);
        if (!ruling.isPermitted()
                && !ConsentRules.permitSomething(standing.directives(), ConsentRequest.of(caller), now)) {
            return noConsent(caller, "the patient permits nothing");
        }
        return switch (ruling.rule()) {
            case PERMITTED -> Decision.Permit.of("consent", "the patient permits it");
            case OWN_WORK -> Decision.Permit.of("own-work", "the job has back what it wrote");
            case DENIED ->
                new Decision.Deny(
                        DenialCode.CONSENT, "a provision of the patient denies this " + record.resourceType());
            case NOT_PERMITTED ->
                new Decision.Deny(DenialCode.CONSENT, "the consent does not cover this " + record.resourceType());
        };
    }

    /** What the patient's Consents, and the rule beside them, say of one record, and by which directive. */
    public Ruling rule(Caller caller, RecordFacts record, Standing standing, Instant now) {
        Ruling ruling = standing.inForce(caller, now).decide(record);
        boolean ownWork = !ruling.isPermitted()
                && caller.kind() == CallerKind.ANALYSIS_JOB
                && isOwnWork(record.consented())
                && ConsentRules.permitSomething(standing.directives(), ConsentRequest.of(caller), now);
        return ownWork ? new Ruling(Ruling.Rule.OWN_WORK, null) : ruling;
    }

    private static boolean isOwnWork(ConsentedRecord record) {
        return TYPES_THE_JOB_WRITES.contains(record.resourceType())
                || record.resourceType().equals("Observation") && !Collections.disjoint(record.codes(), FLAG_CODES);
    }

    /** Whether the patient permits the caller anything at all for its purpose; that is what bringing records needs. */
    public Decision decidePurpose(Caller caller, Standing standing, Instant now) {
        return ConsentRules.permitSomething(standing.directives(), ConsentRequest.of(caller), now)
                ? Decision.Permit.of("consent", "the patient permits the purpose")
                : noConsent(caller, "the patient permits nothing");
    }

    private static Decision.Deny noConsent(Caller caller, String what) {
        return new Decision.Deny(
                DenialCode.CONSENT,
                what + " to organization " + caller.organizationId() + " for purpose " + caller.purpose());
    }
}
