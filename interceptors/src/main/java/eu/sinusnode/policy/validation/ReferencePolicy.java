package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * Whom a write speaks of: the patient it belongs to must be one that the caller may write for, and whatever it refers to
 * must belong to the same patient or to nobody. A record that is unknown and one that is hidden give the same issue.
 */
public final class ReferencePolicy {

    /** Elements whose references keep the version that they name. Elsewhere it would be lost, and is refused. */
    public static final Set<String> WITH_VERSION =
            Set.of("Observation.derivedFrom", "Provenance.target", "Provenance.entity.what", "Task.focus");

    private static final String VERSION = "/_history/";

    private final RecordVisibility visibility;

    public ReferencePolicy(RecordVisibility visibility) {
        this.visibility = visibility;
    }

    /**
     * @param issues for the sender
     * @param denials what the audit has to know beside: by patient id, why that patient's record may not be written
     */
    public record Findings(List<WriteIssue> issues, Map<String, Decision.Deny> denials) {}

    /** A literal reference and the element it stands in, e.g. {@code Observation.derivedFrom}. */
    public record Mention(String path, String reference) {}

    /**
     * Links between Patients have rules of their own: {@link PatientLinks}.
     *
     * @param mentions every literal reference of the resource, the owner's included
     * @param references as the caller may know them
     */
    public Findings check(
            Caller caller,
            RequestedWrite write,
            List<Mention> mentions,
            References references,
            PatientStandings standings) {
        List<WriteIssue> issues = new ArrayList<>();
        Map<String, Decision.Deny> denials = new LinkedHashMap<>();
        RecordOwners owners = new RecordOwners(references);
        if (owners.namesSeveral(write.resource())) {
            return new Findings(List.of(several(ownerPath(write))), denials);
        }
        Ownership own = owners.of(write.resource(), Optional.of(ownKey(write)));
        Set<String> patients = own instanceof Ownership.OfPatients of ? of.patientIds() : Set.of();
        if (own instanceof Ownership.Unknown) {
            issues.add(unknown(ownerPath(write)));
        }
        if (!(write.resource() instanceof Patient)) {
            for (String patientId : patients) {
                Optional<Decision.Deny> denied = decidePatient(caller, write, patientId, references, standings);
                if (denied.isPresent()) {
                    issues.add(unknown(ownerPath(write)));
                    denials.put(patientId, denied.get());
                }
            }
        }
        References inside = RecordOwners.inside(write.resource(), references);
        RecordOwners ofMentioned = new RecordOwners(inside);
        // Were a refused patient's own records known here, the list of issues would tell that the patient is there.
        Set<String> writable = new HashSet<>(patients);
        writable.removeAll(denials.keySet());
        for (Mention mention : mentions) {
            if (PatientLinks.PATH.equals(mention.path())) {
                continue;
            }
            if (!isOfSamePatient(mention.reference(), writable, inside, ofMentioned)) {
                issues.add(unknown(mention.path()));
            } else if (mention.reference().contains(VERSION) && !WITH_VERSION.contains(mention.path())) {
                issues.add(new WriteIssue(
                        DenialCode.REFERENCE,
                        mention.path(),
                        mention.path() + " names a version, which is not kept here: name the record alone"));
            }
        }
        return new Findings(issues.stream().distinct().toList(), denials);
    }

    private Optional<Decision.Deny> decidePatient(
            Caller caller, RequestedWrite write, String patientId, References references, PatientStandings standings) {
        String canonical = patientId.startsWith("urn:") ? patientId : "Patient/" + patientId;
        if (references.find(canonical).isEmpty()) {
            return Optional.of(new Decision.Deny(DenialCode.REFERENCE, "no such Patient is stored"));
        }
        Decision decision = visibility.decideWriteFor(
                caller, write.interaction(), write.resourceType(), standings.of(patientId), standings.at());
        return decision instanceof Decision.Deny deny ? Optional.of(deny) : Optional.empty();
    }

    private static boolean isOfSamePatient(
            String reference, Set<String> patients, References references, RecordOwners owners) {
        Optional<String> canonical = references.canonical(reference);
        Optional<Resource> record = canonical.flatMap(references::find);
        if (record.isEmpty()) {
            return false;
        }
        String name = canonical.get();
        String key = name.startsWith("urn:") ? name : name.substring(name.indexOf('/') + 1);
        Ownership ownership = owners.of(record.get(), Optional.of(key));
        if (ownership instanceof Ownership.OfPatients of) {
            return patients.containsAll(of.patientIds());
        }
        return ownership instanceof Ownership.Directory;
    }

    private static String ownKey(RequestedWrite write) {
        if (write.id() != null) {
            return write.id();
        }
        return write.placeholder() == null ? "new" : write.placeholder();
    }

    private static WriteIssue unknown(String path) {
        return new WriteIssue(DenialCode.REFERENCE, path, path + " names a record that is not known");
    }

    /** That is told by what was sent alone, whoever the patients are. */
    private static WriteIssue several(String path) {
        return new WriteIssue(DenialCode.ONE_PATIENT, path, path + " names more than one patient");
    }

    static String ownerPath(RequestedWrite write) {
        return RecordOwners.ownerPath(write.resourceType());
    }
}
