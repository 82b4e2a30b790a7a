package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Ownership;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Tells whose a record is, by the rule of its type in {@link OwnerRules}. A type that has no rule, or an element that
 * names no Patient, gives {@link Ownership.Unknown}, and so does a record that contains what could be somebody else's.
 */
public final class RecordOwners {

    static final Ownership UNKNOWN = new Ownership.Unknown();
    static final Ownership DIRECTORY = new Ownership.Directory();

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
        if (!Contained.areNobodys(resource)) {
            return UNKNOWN;
        }
        return OwnerRules.of(resource.fhirType())
                .map(rule -> rule.of(resource, ownKey, this))
                .orElse(UNKNOWN);
    }

    /** What the element holds that has to name the record's patient; empty for types whose records have none. */
    public static List<Reference> ownerReferences(Resource resource) {
        return OwnerRules.of(resource.fhirType())
                .map(rule -> rule.references(resource))
                .orElse(List.of());
    }

    /** Whether the element that has to name the record's patient names more than one. */
    public boolean namesSeveral(Resource resource) {
        return patients(ownerReferences(resource)).size() > 1;
    }

    /** The path of the element that has to name a record's patient, e.g. {@code Observation.subject}. */
    public static String ownerPath(String resourceType) {
        return resourceType + "."
                + OwnerRules.of(resourceType).map(OwnerRule::element).orElse("subject");
    }

    /** Whether records of the type are, or can be, a patient's. */
    public static boolean canBePatients(String resourceType) {
        return OwnerRules.of(resourceType)
                .filter(rule -> !(rule instanceof OwnerRule.Nobody || rule instanceof OwnerRule.OneOrganization))
                .isPresent();
    }

    /** How references inside a record are to be read: the parts of a document name each other first. */
    public static References inside(Resource record, References references) {
        return record instanceof Bundle bundle ? new DocumentContent(bundle, references) : references;
    }

    /** Whose the records of a type are, for the documentation, e.g. {@code the patient's: subject}. */
    public static String inWords(String resourceType) {
        OwnerRule rule = OwnerRules.of(resourceType).orElseThrow();
        if (resourceType.equals("Subscription")) {
            return "its client's, whom its store knows";
        } else if (rule instanceof OwnerRule.Itself) {
            return "its own";
        } else if (rule instanceof OwnerRule.Nobody) {
            return "nobody's: the directory";
        } else if (rule instanceof OwnerRule.OnePatientOrNobody) {
            return "the patient's in `" + rule.element() + "`; without one the directory's";
        } else if (rule instanceof OwnerRule.OneOrganization) {
            return "the organization's in `" + rule.element() + "`";
        } else if (rule instanceof OwnerRule.OfTargets) {
            return "the one patient's whose records are in `" + rule.element() + "`";
        } else if (rule instanceof OwnerRule.OnePatientAmong) {
            return "the one patient's among those in `" + rule.element() + "`";
        }
        return "the patient's in `" + rule.element() + "`";
    }

    // What the rules are made of

    static Ownership patient(String key) {
        return new Ownership.OfPatients(Set.of(key));
    }

    Ownership ofPatient(Reference reference) {
        return canonical(reference)
                .flatMap(this::patientKey)
                .map(RecordOwners::patient)
                .orElse(UNKNOWN);
    }

    /** A second patient hides the record, and so does a reference that leads nowhere here: it might be one. */
    Ownership ofOneAmong(List<Reference> named) {
        Set<String> patients = patients(named);
        boolean allTold = named.stream()
                .allMatch(reference ->
                        !reference.hasReference() || canonical(reference).isPresent());
        return patients.size() == 1 && allTold ? new Ownership.OfPatients(patients) : UNKNOWN;
    }

    private Set<String> patients(List<Reference> named) {
        return named.stream()
                .flatMap(reference -> canonical(reference).stream())
                .flatMap(canonical -> patientKey(canonical).stream())
                .collect(Collectors.toSet());
    }

    Ownership ofOrganization(Reference reference) {
        return canonical(reference)
                .filter(canonical -> canonical.startsWith("Organization/"))
                .<Ownership>map(
                        canonical -> new Ownership.OfOrganization(canonical.substring("Organization/".length())))
                .orElse(UNKNOWN);
    }

    /** Records of a second patient hide a Provenance, and so does a target of which that cannot be told. */
    Ownership ofTargets(List<Reference> targets) {
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
        if (targets.isEmpty() || patients.size() > 1) {
            return UNKNOWN;
        }
        return patients.isEmpty() ? DIRECTORY : new Ownership.OfPatients(patients);
    }

    /** A part that is another patient's, or of which that cannot be told, hides the whole document. */
    Ownership ofDocument(Resource bundle) {
        Ownership subject = DocumentContent.subject(bundle).map(this::ofPatient).orElse(UNKNOWN);
        if (subject instanceof Ownership.Unknown) {
            return UNKNOWN;
        }
        DocumentContent content = new DocumentContent((Bundle) bundle, references);
        RecordOwners inside = new RecordOwners(content);
        boolean ofSubject = content.parts()
                .filter(parts -> parts.stream().allMatch(part -> isPartOf(subject, part, inside)))
                .isPresent();
        return ofSubject ? subject : UNKNOWN;
    }

    /** What a Binary in a document is protected by is the document itself. */
    private static boolean isPartOf(Ownership subject, Resource part, RecordOwners inside) {
        if (part instanceof Binary binary && !binary.hasSecurityContext()) {
            return true;
        }
        Ownership owner = inside.of(part);
        return owner.equals(subject) || owner instanceof Ownership.Directory;
    }

    private Optional<String> patientKey(String canonical) {
        if (canonical.startsWith("Patient/")) {
            return Optional.of(canonical.substring("Patient/".length()));
        }
        boolean newPatient = canonical.startsWith("urn:")
                && references.find(canonical).filter(Patient.class::isInstance).isPresent();
        return newPatient ? Optional.of(canonical) : Optional.empty();
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
