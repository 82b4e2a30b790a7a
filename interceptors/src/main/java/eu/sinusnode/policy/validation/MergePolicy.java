package eu.sinusnode.policy.validation;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.narrowing.Membership;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Whether one Patient may be merged into another ({@code Patient/$merge}): whether they can be one person, whether all of
 * the source's records can be the target's, and whether nobody sees more by it. What gives access to the source stays with
 * the source, so that the target's Consents, care teams and memberships alone rule what has moved.
 */
public final class MergePolicy {

    /** More are not moved in one transaction: what a record costs grows with those before it. */
    public static final int MOST_RECORDS = 200;

    private static final Set<String> STAYING = Set.of("CareTeam", "Consent", "Coverage", "RelatedPerson");

    /** What names one patient and nothing else that a move would break. */
    private static final Set<String> MOVING = Set.of(
            "AllergyIntolerance",
            "Appointment",
            "CarePlan",
            "Communication",
            "CommunicationRequest",
            "Condition",
            "Device",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "Goal",
            "Immunization",
            "List",
            "MedicationAdministration",
            "MedicationRequest",
            "MedicationStatement",
            "NutritionOrder",
            "Observation",
            "Procedure",
            "QuestionnaireResponse",
            "RiskAssessment",
            "ServiceRequest",
            "Task");

    /**
     * Whose a Provenance is, its targets say. So it goes with them as it is: what somebody signed, or computed, was said of
     * versions, which stay, and a new version of it would say that it was said of others.
     */
    private static final String FOLLOWING = "Provenance";

    private final Mentions mentions;

    public MergePolicy(FhirContext context) {
        this.mentions = new Mentions(context);
    }

    /**
     * Who may see one Patient's records, now or later.
     *
     * @param directives what the patient's Consents permit and deny
     * @param memberships parties that are linked to the patient
     */
    public record Access(List<Directive> directives, List<Membership> memberships) {
        public Access {
            directives = List.copyOf(directives);
            memberships = List.copyOf(memberships);
        }
    }

    /** Whether records of the type are the target's after the merge. */
    public static boolean moves(Resource record) {
        return MOVING.contains(record.fhirType());
    }

    /** Types whose records move, sorted. */
    public static Set<String> movingTypes() {
        return new TreeSet<>(MOVING);
    }

    /** Types whose records stay with the source, sorted. */
    public static Set<String> stayingTypes() {
        return new TreeSet<>(STAYING);
    }

    /** Types whose records go with those that they are about, unchanged. */
    public static Set<String> followingTypes() {
        return Set.of(FOLLOWING);
    }

    /**
     * Provenances of records that move, which are the target's afterwards without a new version.
     *
     * @param records of the source, none of which {@link #decideRecords} has a fault with
     */
    public List<Resource> following(List<Resource> records, References references) {
        Set<String> moving = moving(records);
        return records.stream()
                .filter(record -> targets(record, references)
                        .anyMatch(target -> target.filter(moving::contains).isPresent()))
                .toList();
    }

    /** Whether both can be one person and the target the one who remains. */
    public List<WriteIssue> decidePatients(Patient source, Patient target) {
        String sourceId = source.getIdElement().getIdPart();
        String targetId = target.getIdElement().getIdPart();
        List<WriteIssue> issues = new ArrayList<>();
        if (sourceId.equals(targetId)) {
            issues.add(patients("Patient.id", "source and target are the same Patient"));
        }
        if (PatientLinks.isReplaced(source) && !isReplacedBy(source, targetId)) {
            issues.add(patients("Patient.link", "the source was merged into another Patient already"));
        }
        if (PatientLinks.isReplaced(target)) {
            issues.add(patients("Patient.link", "the target was merged into another Patient; merge into that one"));
        } else if (target.hasActive() && !target.getActive()) {
            issues.add(patients("Patient.active", "the target is not active"));
        }
        Set<String> ofSource = insuranceNumbers(source);
        Set<String> ofTarget = insuranceNumbers(target);
        if (!ofSource.isEmpty() && !ofTarget.isEmpty() && !ofSource.equals(ofTarget)) {
            issues.add(patients(
                    "Patient.identifier", "the two have different health insurance numbers, so they are two people"));
        }
        return issues;
    }

    /**
     * Whether the source's records can be the target's, all of them.
     *
     * @param records every record of the source but the Patient itself
     */
    public List<WriteIssue> decideRecords(String sourceId, List<Resource> records, References references) {
        List<WriteIssue> issues = new ArrayList<>();
        RecordOwners owners = new RecordOwners(references);
        Set<String> moving = moving(records);
        Set<String> going = new TreeSet<>(moving);
        following(records, references).forEach(record -> going.add(path(record)));
        for (Resource record : records) {
            String type = record.fhirType();
            if (!owners.of(record).equals(new Ownership.OfPatients(Set.of(sourceId)))) {
                issues.add(records(type, "a " + type + " names the source and is not told to be the source's alone"));
            } else if (STAYING.contains(type)) {
                if (paths(record, references)
                        .anyMatch(path -> path.filter(going::contains).isPresent())) {
                    issues.add(records(type, "a " + type + " stays with the source and refers to a record that moves"));
                }
            } else if (type.equals(FOLLOWING)) {
                if (isTorn(record, moving, owners, references)) {
                    issues.add(records(type, "a " + type + " is of a record that moves and of one that stays"));
                }
            } else if (!moves(record)) {
                issues.add(records(type, "a " + type + " cannot be moved"));
            } else if (paths(record, references).anyMatch(path -> !isKept(path, sourceId, going, owners, references))) {
                issues.add(records(type, "a " + type + " refers to a record that stays with the source"));
            }
        }
        return issues.stream().distinct().toList();
    }

    /** A reference of a moved record that still is within one patient's record. */
    private static boolean isKept(
            Optional<String> path, String sourceId, Set<String> going, RecordOwners owners, References references) {
        return path.filter(canonical -> canonical.equals("Patient/" + sourceId)
                        || going.contains(canonical)
                        || isOfDirectory(canonical, owners, references))
                .isPresent();
    }

    /** Of two patients' records it would be nobody's to see. */
    private static boolean isTorn(Resource record, Set<String> moving, RecordOwners owners, References references) {
        Set<Boolean> moves = targets(record, references)
                .flatMap(Optional::stream)
                .filter(target -> moving.contains(target) || !isOfDirectory(target, owners, references))
                .map(moving::contains)
                .collect(Collectors.toSet());
        return moves.size() > 1;
    }

    private static boolean isOfDirectory(String canonical, RecordOwners owners, References references) {
        return references
                .find(canonical)
                .filter(record -> owners.of(record) instanceof Ownership.Directory)
                .isPresent();
    }

    /** What the record is about, of a type that follows; empty for others. */
    private static Stream<Optional<String>> targets(Resource record, References references) {
        return record instanceof Provenance provenance
                ? provenance.getTarget().stream().map(target -> Optional.ofNullable(target.getReference())
                        .flatMap(references::canonical))
                : Stream.empty();
    }

    private static Set<String> moving(List<Resource> records) {
        return records.stream()
                .filter(MergePolicy::moves)
                .map(MergePolicy::path)
                .collect(Collectors.toSet());
    }

    private Stream<Optional<String>> paths(Resource record, References references) {
        return mentions.of(record).stream().map(mention -> references.canonical(mention.reference()));
    }

    /**
     * Whether whoever may see the target's records might see the source's: what moves is seen by those of the target from
     * then on. Two accesses that only together are as wide as one of the target's do not count.
     *
     * @param at now; what has ended by then counts no more
     */
    public List<WriteIssue> decideAccess(Access source, Access target, Instant at) {
        List<WriteIssue> issues = new ArrayList<>();
        boolean denied = source.directives().stream()
                .filter(directive -> !directive.permits())
                .anyMatch(deny -> holdsAfter(deny.validity().to(), at));
        if (denied) {
            issues.add(
                    access("Consent", "a Consent of the source denies something, which those of the target may not"));
        }
        boolean permitted = target.directives().stream()
                .filter(Directive::permits)
                .filter(permit -> holdsAfter(permit.validity().to(), at))
                .allMatch(permit -> source.directives().stream().anyMatch(own -> covers(own, permit, at)));
        if (!permitted) {
            issues.add(access("Consent", "a Consent of the target permits what none of the source's does"));
        }
        boolean linked = target.memberships().stream()
                .filter(membership -> membership.relationship() != Relationship.DEVICE)
                .filter(membership -> holdsAfter(membership.validTo(), at))
                .allMatch(membership -> source.memberships().stream().anyMatch(own -> covers(own, membership, at)));
        if (!linked) {
            issues.add(access(
                    "Patient",
                    "a CareTeam, Coverage or RelatedPerson of the target gives access that none of the source's does"));
        }
        return issues;
    }

    private static boolean covers(Directive own, Directive permit, Instant at) {
        return own.permits()
                && permit.saysAllOf(own)
                && covers(
                        own.validity().from(),
                        own.validity().to(),
                        permit.validity().from(),
                        permit.validity().to(),
                        at);
    }

    /** A representative is known by the RelatedPerson, which is of one patient: it never covers another's. */
    private static boolean covers(Membership own, Membership membership, Instant at) {
        return own.relationship() == membership.relationship()
                && own.partyId().equals(membership.partyId())
                && covers(own.validFrom(), own.validTo(), membership.validFrom(), membership.validTo(), at);
    }

    private static boolean covers(
            Instant ownFrom, @Nullable Instant ownTo, Instant from, @Nullable Instant to, Instant at) {
        Instant begin = from.isAfter(at) ? from : at;
        return !ownFrom.isAfter(begin) && (ownTo == null || to != null && !ownTo.isBefore(to));
    }

    private static boolean holdsAfter(@Nullable Instant to, Instant at) {
        return to == null || to.isAfter(at);
    }

    private static boolean isReplacedBy(Patient source, String targetId) {
        return source.getLink().stream()
                .filter(link -> link.getType() == LinkType.REPLACEDBY)
                .allMatch(link -> ("Patient/" + targetId).equals(link.getOther().getReference()));
    }

    private static Set<String> insuranceNumbers(Patient patient) {
        return patient.getIdentifier().stream()
                .filter(identifier -> Codes.KVNR.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .collect(Collectors.toSet());
    }

    private static String path(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    private static WriteIssue patients(String path, String what) {
        return new WriteIssue(DenialCode.MERGE_PATIENTS, path, what);
    }

    private static WriteIssue records(String path, String what) {
        return new WriteIssue(DenialCode.MERGE_RECORDS, path, what);
    }

    private static WriteIssue access(String path, String what) {
        return new WriteIssue(DenialCode.MERGE_ACCESS, path, what);
    }
}
