package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Ownership;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Tells whose a record is, from the one element of its type that says so. A type that is not listed here, or an element
 * that names no Patient, gives {@link Ownership.Unknown}.
 */
public final class RecordOwners {

    private static final Ownership UNKNOWN = new Ownership.Unknown();
    private static final Ownership DIRECTORY = new Ownership.Directory();

    private final References references;

    public RecordOwners(References references) {
        this.references = references;
    }

    public Ownership of(Resource resource) {
        return of(resource, Optional.ofNullable(resource.getIdElement().getIdPart()));
    }

    /**
     * @param ownKey what the record itself is called: its id, or the {@code urn:uuid:…} it has inside a transaction; only
     *     a Patient owns itself by it
     */
    public Ownership of(Resource resource, Optional<String> ownKey) {
        if (resource instanceof Patient) {
            return ownKey.<Ownership>map(id -> new Ownership.OfPatients(Set.of(id)))
                    .orElse(UNKNOWN);
        }
        if (resource instanceof Organization || resource instanceof Practitioner || resource instanceof AuditEvent) {
            return DIRECTORY;
        }
        if (resource instanceof Group group) {
            return ofOrganization(group.getManagingEntity());
        }
        if (resource instanceof Device device) {
            return device.hasPatient() ? ofPatient(device.getPatient()) : DIRECTORY;
        }
        if (resource instanceof Provenance provenance) {
            return ofTargets(provenance.getTarget());
        }
        return ownerElement(resource).map(this::ofPatient).orElse(UNKNOWN);
    }

    /** The element that names the one patient a record belongs to; empty for types that have none. */
    public static Optional<Reference> ownerElement(Resource resource) {
        if (resource instanceof Observation observation) {
            return Optional.of(observation.getSubject());
        } else if (resource instanceof DocumentReference document) {
            return Optional.of(document.getSubject());
        } else if (resource instanceof Condition condition) {
            return Optional.of(condition.getSubject());
        } else if (resource instanceof CarePlan plan) {
            return Optional.of(plan.getSubject());
        } else if (resource instanceof Goal goal) {
            return Optional.of(goal.getSubject());
        } else if (resource instanceof CareTeam team) {
            return Optional.of(team.getSubject());
        } else if (resource instanceof Coverage coverage) {
            return Optional.of(coverage.getBeneficiary());
        } else if (resource instanceof Consent consent) {
            return Optional.of(consent.getPatient());
        } else if (resource instanceof Task task) {
            return Optional.of(task.getFor());
        } else if (resource instanceof Binary binary) {
            return Optional.of(binary.getSecurityContext());
        } else if (resource instanceof RelatedPerson person) {
            return Optional.of(person.getPatient());
        } else if (resource instanceof Device device) {
            return Optional.of(device.getPatient());
        }
        return Optional.empty();
    }

    private Ownership ofOrganization(Reference reference) {
        return canonical(reference)
                .filter(canonical -> canonical.startsWith("Organization/"))
                .<Ownership>map(
                        canonical -> new Ownership.OfOrganization(canonical.substring("Organization/".length())))
                .orElse(UNKNOWN);
    }

    private Ownership ofPatient(Reference reference) {
        return canonical(reference)
                .flatMap(this::patientKey)
                .<Ownership>map(id -> new Ownership.OfPatients(Set.of(id)))
                .orElse(UNKNOWN);
    }

    private Optional<String> patientKey(String canonical) {
        if (canonical.startsWith("Patient/")) {
            return Optional.of(canonical.substring("Patient/".length()));
        }
        boolean newPatient = canonical.startsWith("urn:")
                && references.find(canonical).filter(Patient.class::isInstance).isPresent();
        return newPatient ? Optional.of(canonical) : Optional.empty();
    }

    /** A Provenance belongs to all whose records it speaks of; one target that cannot be told hides it. */
    private Ownership ofTargets(List<Reference> targets) {
        Set<String> patients = new HashSet<>();
        for (Reference target : targets) {
            Ownership owner = ofTarget(target);
            if (owner instanceof Ownership.Unknown) {
                return UNKNOWN;
            }
            if (owner instanceof Ownership.OfPatients owners) {
                patients.addAll(owners.patientIds());
            }
        }
        if (targets.isEmpty()) {
            return UNKNOWN;
        }
        return patients.isEmpty() ? DIRECTORY : new Ownership.OfPatients(patients);
    }

    private Ownership ofTarget(Reference target) {
        Optional<String> canonical = canonical(target);
        if (canonical.isEmpty()) {
            return UNKNOWN;
        }
        if (canonical.get().startsWith("Patient/")) {
            return ofPatient(target);
        }
        Optional<Resource> record = references.find(canonical.get());
        if (record.isEmpty() || record.get() instanceof Provenance) {
            return UNKNOWN;
        }
        return of(record.get(), Optional.of(key(canonical.get())));
    }

    private Optional<String> canonical(Reference reference) {
        String literal = reference.getReference();
        return literal == null ? Optional.empty() : references.canonical(literal);
    }

    private static String key(String canonical) {
        return canonical.startsWith("urn:") ? canonical : canonical.substring(canonical.indexOf('/') + 1);
    }
}
