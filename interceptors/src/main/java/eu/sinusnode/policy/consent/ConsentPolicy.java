package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Relationship and consent: may this caller have this record, now? A patient always may have the own record. Everybody
 * else needs the link that the kind of caller demands and a permit of each patient whose record it is; what is not
 * permitted is refused.
 *
 * <p>A permit that names a type covers that type alone; one that names a code covers records that carry the code, and
 * with that no type that has no code. The
 * analysis job may have back what it wrote itself (flags, their Tasks and Provenances) for as long as the patient permits
 * it anything at all.
 */
public final class ConsentPolicy {

    /** Codes of the analysis job's own flags. */
    public static final Set<Code> FLAG_CODES = Set.of(
            new Code(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION),
            new Code(Canonicals.OBSERVATION_CODES, Codes.HOME_BLOOD_PRESSURE_CATEGORY),
            new Code(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY));

    /** By type, the search parameter of the code that consent may limit; other types carry none. */
    private static final Map<String, String> CODE_PARAMETERS =
            Map.of("Observation", "code", "Condition", "code", "DocumentReference", "type");

    private static final Set<String> TYPES_THE_JOB_WRITES = Set.of("Task", "Provenance");

    /**
     * Decides one record.
     *
     * @param standings by patient id; a patient who is missing here is refused
     */
    public Decision decideRecord(Caller caller, RecordFacts record, Map<String, Standing> standings, Instant now) {
        if (record.ownership() instanceof Ownership.Unknown) {
            return new Decision.Deny(
                    DenialCode.GATE, "it cannot be told whose record this " + record.resourceType() + " is");
        }
        if (record.ownership() instanceof Ownership.OfOrganization owner
                && !owner.organizationId().equals(caller.organizationId())) {
            return new Decision.Deny(
                    DenialCode.RELATIONSHIP, "this " + record.resourceType() + " belongs to another organization");
        }
        if (record.ownership() instanceof Ownership.OfPatients owners) {
            for (String patientId : owners.patientIds()) {
                Decision decision = decideForPatient(caller, record, patientId, standings, now);
                if (decision instanceof Decision.Deny) {
                    return decision;
                }
            }
        }
        if (record.unsigned() && seesSignedOnly(caller.kind())) {
            return new Decision.Deny(DenialCode.UNSIGNED, "the Observation has not been signed yet");
        }
        return Decision.Permit.of("consent", "the record's owner permits it, or nobody owns it");
    }

    private Decision decideForPatient(
            Caller caller, RecordFacts record, String patientId, Map<String, Standing> standings, Instant now) {
        Standing standing = standings.getOrDefault(patientId, new Standing(patientId, false, List.of()));
        Reach reach = reach(caller, record.resourceType(), standing, now);
        if (reach instanceof Reach.None none) {
            return none.deny();
        }
        if (reach instanceof Reach.OfCodes some && Collections.disjoint(some.codes(), record.codes())) {
            return noConsent(caller, "no permit covers the code of this " + record.resourceType());
        }
        return Decision.Permit.of("consent", "permitted");
    }

    /** The search parameter of the code by which consent may limit a type; empty when the type carries none. */
    public static Optional<String> codeParameter(String resourceType) {
        return Optional.ofNullable(CODE_PARAMETERS.get(resourceType));
    }

    /** How far the caller may reach into one patient's records of a type. */
    public Reach reach(Caller caller, String resourceType, Standing standing, Instant now) {
        if (caller.kind().relationship() == Relationship.SELF) {
            return caller.isSelf(standing.patientId())
                    ? new Reach.Everything()
                    : new Reach.None(new Decision.Deny(
                            DenialCode.COMPARTMENT, "the record belongs to another patient than the token's"));
        }
        Decision link = decideLink(caller, standing);
        if (link instanceof Decision.Deny deny) {
            return new Reach.None(deny);
        }
        if (caller.kind() == CallerKind.REPRESENTATIVE) {
            return standing.patientId().equals(caller.patientId())
                    ? new Reach.Everything()
                    : new Reach.None(new Decision.Deny(
                            DenialCode.COMPARTMENT, "the record belongs to another patient than the token's"));
        }
        List<Permit> holding = holding(caller, standing, now);
        if (holding.isEmpty()) {
            return new Reach.None(noConsent(caller, "the patient permits nothing"));
        }
        return reachOf(caller.kind(), resourceType, holding);
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
            if (permit.codeSystem() != null && CODE_PARAMETERS.containsKey(resourceType)) {
                codes.add(new Code(permit.codeSystem(), permit.code()));
            }
        }
        return codes.isEmpty()
                ? new Reach.None(
                        new Decision.Deny(DenialCode.CONSENT, "no permit of the patient covers " + resourceType))
                : new Reach.OfCodes(codes);
    }

    /**
     * Whether the caller may write for the patient: the link, and any permit for the purpose. Limits to types and codes
     * are limits of what may be used, not of what may be brought. The administrator loads for everybody.
     */
    public Decision decideWriteFor(Caller caller, Standing standing, Instant now) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("loader", "the administrator loads for every patient");
        }
        if (caller.kind().relationship() == Relationship.SELF) {
            return caller.isSelf(standing.patientId())
                    ? Decision.Permit.of("self", "the patient's own record")
                    : new Decision.Deny(
                            DenialCode.COMPARTMENT, "the record belongs to another patient than the token's");
        }
        Decision link = decideLink(caller, standing);
        if (link instanceof Decision.Deny) {
            return link;
        }
        if (caller.kind() == CallerKind.REPRESENTATIVE || caller.kind() == CallerKind.DEVICE_GATEWAY) {
            return link;
        }
        return holding(caller, standing, now).isEmpty()
                ? noConsent(caller, "the patient permits nothing")
                : Decision.Permit.of("consent", "the patient permits the purpose");
    }

    /** Insurer, patient and representative do not see an Observation before a clinician has signed it. */
    public boolean seesSignedOnly(CallerKind kind) {
        return kind.actsAsPatient() || kind == CallerKind.INSURER;
    }

    private static Decision decideLink(Caller caller, Standing standing) {
        return switch (caller.kind().relationship()) {
            case REPRESENTATIVE, CARE_TEAM, DEVICE, COVERAGE ->
                standing.related()
                        ? Decision.Permit.of("relationship", "linked")
                        : new Decision.Deny(
                                DenialCode.RELATIONSHIP,
                                "party " + caller.partyId() + " has no link of kind "
                                        + caller.kind().relationship() + " to the patient");
            case NONE_NEEDED -> Decision.Permit.of("relationship", "no link needed");
            case SELF, NO_RECORDS ->
                new Decision.Deny(
                        DenialCode.RELATIONSHIP, "a " + caller.kind().claim() + " reads no patient records of others");
        };
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
