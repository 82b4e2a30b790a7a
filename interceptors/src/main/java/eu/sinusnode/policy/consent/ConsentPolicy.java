package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a patient's permits give a caller: of which types and codes, for the caller's organization and purpose, now. What is
 * not permitted is refused. Who needs a permit at all is not decided here.
 *
 * <p>A permit that names a type covers that type alone; one that names a code covers records that carry the code, and
 * with that no type that has no code. The analysis job may have back what it wrote itself (flags, their Tasks and
 * Provenances) for as long as the patient permits it anything at all.
 */
public final class ConsentPolicy {

    /** Codes of the analysis job's own flags. */
    public static final Set<Code> FLAG_CODES = Set.of(
            new Code(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION),
            new Code(Canonicals.OBSERVATION_CODES, Codes.HOME_BLOOD_PRESSURE_CATEGORY),
            new Code(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY));

    private static final Set<String> TYPES_THE_JOB_WRITES = Set.of("Task", "Provenance");

    /** The search parameter of the code by which consent may limit a type; empty when the type carries none. */
    public static Optional<String> codeParameter(String resourceType) {
        return LimitingParameters.code(resourceType);
    }

    /** How far the patient lets the caller reach into its records of a type. */
    public Reach reach(Caller caller, String resourceType, Standing standing, Instant now) {
        List<Permit> holding = holding(caller, standing, now);
        return holding.isEmpty()
                ? new Reach.None(noConsent(caller, "the patient permits nothing"))
                : reachOf(caller.kind(), resourceType, holding);
    }

    private static Reach reachOf(CallerKind kind, String resourceType, List<Permit> holding) {
        if (kind == CallerKind.ANALYSIS_JOB && TYPES_THE_JOB_WRITES.contains(resourceType)) {
            return new Reach.Everything();
        }
        Set<Code> codes = new HashSet<>();
        if (kind == CallerKind.ANALYSIS_JOB && resourceType.equals("Observation")) {
            codes.addAll(FLAG_CODES);
        }
        for (Permit permit : holding) {
            if (permit.resourceType() != null && !permit.resourceType().equals(resourceType)) {
                continue;
            }
            if (permit.code() == null) {
                return new Reach.Everything();
            }
            if (permit.codeSystem() != null && codeParameter(resourceType).isPresent()) {
                codes.add(new Code(permit.codeSystem(), permit.code()));
            }
        }
        return codes.isEmpty()
                ? new Reach.None(
                        new Decision.Deny(DenialCode.CONSENT, "no permit of the patient covers " + resourceType))
                : new Reach.OfCodes(codes);
    }

    /** Whether the patient permits the caller anything at all for its purpose; that is what bringing records needs. */
    public Decision decidePurpose(Caller caller, Standing standing, Instant now) {
        return holding(caller, standing, now).isEmpty()
                ? noConsent(caller, "the patient permits nothing")
                : Decision.Permit.of("consent", "the patient permits the purpose");
    }

    /** The permits are looked at again here: a directory that gave too much would not widen anything. */
    private static List<Permit> holding(Caller caller, Standing standing, Instant now) {
        return standing.permits().stream()
                .filter(permit -> permit.patientId().equals(standing.patientId()))
                .filter(permit -> permit.organizationId().equals(caller.organizationId()))
                .filter(permit -> permit.purpose() == caller.purpose())
                .filter(permit -> new Validity(permit.validFrom(), permit.validTo()).contains(now))
                .toList();
    }

    private static Decision.Deny noConsent(Caller caller, String what) {
        return new Decision.Deny(
                DenialCode.CONSENT,
                what + " to organization " + caller.organizationId() + " for purpose " + caller.purpose());
    }
}
