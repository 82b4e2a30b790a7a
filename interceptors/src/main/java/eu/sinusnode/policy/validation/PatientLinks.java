package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which other records are said to be of the same person (Patient.link, patient.html#links). Whoever may write a Patient may
 * say that it is worth looking at another one too, or that another one is the main one. That one replaces another is said
 * by the merge alone; from then on the replaced one takes no new records.
 */
public final class PatientLinks {

    /** The element that these rules are for. */
    static final String PATH = "Patient.link.other";

    private static final Set<LinkType> OF_MERGE = EnumSet.of(LinkType.REPLACES, LinkType.REPLACEDBY);
    private static final String PATIENT = "Patient/";
    private static final String VERSION = "/_history/";

    private record Link(LinkType type, String other) {}

    /** Whether the Patient was merged into another one. */
    public static boolean isReplaced(Patient patient) {
        return patient.getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY);
    }

    /** Says in the source of a merge by whom it is replaced. */
    public static void replace(Patient source, String targetId) {
        source.setActive(false);
        add(source, LinkType.REPLACEDBY, targetId);
    }

    /** Says in the target of a merge whom it replaces. */
    public static void take(Patient target, String sourceId) {
        add(target, LinkType.REPLACES, sourceId);
    }

    private static void add(Patient patient, LinkType type, String otherId) {
        String other = PATIENT + otherId;
        boolean there = patient.getLink().stream()
                .anyMatch(link ->
                        link.getType() == type && other.equals(link.getOther().getReference()));
        if (!there) {
            patient.addLink().setType(type).setOther(new Reference(other));
        }
    }

    /**
     * @param stored what an update replaces; empty for a new record
     * @param references as they will be once the request is stored
     */
    List<WriteIssue> check(RequestedWrite write, Optional<Resource> stored, References references) {
        if (write.resource() instanceof Patient patient) {
            return ofPatient(write, patient, stored.map(Patient.class::cast), references);
        }
        return stored.isEmpty() && isForReplaced(write, references)
                ? List.of(new WriteIssue(
                        DenialCode.REPLACED,
                        ReferencePolicy.ownerPath(write),
                        "the patient's record was merged into another one"))
                : List.of();
    }

    /** What is there already may still be changed: access to the replaced one has to end some time. */
    private static boolean isForReplaced(RequestedWrite write, References references) {
        Optional<String> key = Optional.ofNullable(write.id()).or(() -> Optional.ofNullable(write.placeholder()));
        Ownership owner = new RecordOwners(references).of(write.resource(), key);
        return owner instanceof Ownership.OfPatients of
                && of.patientIds().stream()
                        .flatMap(id -> references.find(path(id)).stream())
                        .anyMatch(record -> record instanceof Patient patient && isReplaced(patient));
    }

    private static List<WriteIssue> ofPatient(
            RequestedWrite write, Patient patient, Optional<Patient> stored, References references) {
        List<WriteIssue> issues = new ArrayList<>();
        Set<Link> seen = new HashSet<>();
        for (int i = 0; i < patient.getLink().size(); i++) {
            String path = "Patient.link[" + i + "].other";
            PatientLinkComponent link = patient.getLink().get(i);
            fault(write, link, references).ifPresent(fault -> issues.add(issue(path, fault)));
            if (!seen.add(new Link(link.getType(), other(link, references)))) {
                issues.add(issue(path, "the same link is there twice"));
            }
        }
        if (patient.getLink().stream()
                        .filter(link -> link.getType() == LinkType.REFER)
                        .count()
                > 1) {
            issues.add(issue("Patient.link", "there is one main record: only one link may be of type refer"));
        }
        Set<Link> merged = stored.map(was -> ofMerge(was, references)).orElse(Set.of());
        if (!ofMerge(patient, references).equals(merged)) {
            issues.add(issue(
                    "Patient.link",
                    "links of type replaces and replaced-by are made by Patient/$merge and stay as they are"));
        }
        if (isReplaced(patient) && !(patient.hasActive() && !patient.getActive())) {
            issues.add(issue("Patient.active", "a record that was merged into another one is not active"));
        }
        return issues;
    }

    private static Optional<String> fault(RequestedWrite write, PatientLinkComponent link, References references) {
        LinkType type = link.getType();
        String literal = link.getOther().getReference();
        if (literal != null && literal.contains(VERSION)) {
            return Optional.of("a link names a Patient and no version of it");
        }
        if (isSelf(write, other(link, references))) {
            return Optional.of("a link names another Patient than the one that it stands in");
        }
        Optional<Patient> other = Optional.ofNullable(literal)
                .flatMap(references::canonical)
                .flatMap(references::find)
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast);
        if (other.isEmpty()) {
            return Optional.of("a link names a Patient that is stored here");
        }
        if (OF_MERGE.contains(type)) {
            return Optional.empty();
        }
        if (isReplaced(other.get())) {
            return Optional.of("the Patient was merged into another one, which a link may name instead");
        }
        boolean refersOn = other.get().getLink().stream().anyMatch(next -> next.getType() == LinkType.REFER);
        // Who is referred to refers to nobody, so that there is no way round.
        return type == LinkType.REFER && refersOn
                ? Optional.of("the Patient refers to another one itself, so it is not the main record")
                : Optional.empty();
    }

    private static boolean isSelf(RequestedWrite write, String other) {
        return write.id() != null && other.equals(write.path()) || other.equals(write.placeholder());
    }

    private static Set<Link> ofMerge(Patient patient, References references) {
        return patient.getLink().stream()
                .filter(link -> OF_MERGE.contains(link.getType()))
                .map(link -> new Link(link.getType(), other(link, references)))
                .collect(Collectors.toSet());
    }

    private static String other(PatientLinkComponent link, References references) {
        String literal = String.valueOf(link.getOther().getReference());
        return references.canonical(literal).orElse(literal);
    }

    private static String path(String patientKey) {
        return patientKey.startsWith("urn:") ? patientKey : PATIENT + patientKey;
    }

    private static WriteIssue issue(String path, String what) {
        return new WriteIssue(DenialCode.PATIENT_LINK, path, what);
    }
}
