package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.medicine.ClassOverlap;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;

/**
 * No medicine is prescribed twice at one time, and none with one that it excludes. Two that are of one class are told, and what may
 * be so is told too: a combination that may have one of the class in it.
 */
final class PrescriptionCheck {

    private static final Set<String> ATC = Set.of("http://fhir.de/CodeSystem/bfarm/atc", "http://www.whocc.no/atc");
    private static final Set<String> PZN = Set.of("http://fhir.de/CodeSystem/ifa/pzn");
    /** An ATC code of this length names a substance; a shorter one a group, of which several are taken. */
    private static final int SUBSTANCE = 7;

    private PrescriptionCheck() {}

    static List<Finding> check(List<Prescription> prescriptions) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < prescriptions.size(); i++) {
            Prescription one = prescriptions.get(i);
            for (Prescription other : prescriptions.subList(i + 1, prescriptions.size())) {
                findings.addAll(together(one, other));
            }
        }
        return findings;
    }

    private static List<Finding> together(Prescription one, Prescription other) {
        if (isSame(one.request(), other.request())) {
            return List.of();
        }
        boolean renewed = isRenewal(one, other) || isRenewal(other, one);
        boolean atOnce = !renewed && PrescribedTime.of(one.request()).meets(PrescribedTime.of(other.request()));
        if (atOnce && share(one, other, PZN, 1)) {
            return List.of(new Finding(
                    PlanRule.SAME_PACKAGE_TWICE,
                    other.path(),
                    one.path(),
                    "the same PZN is prescribed by " + one.path()));
        }
        if (atOnce && share(one, other, ATC, SUBSTANCE)) {
            return List.of(new Finding(
                    PlanRule.SAME_SUBSTANCE_TWICE,
                    other.path(),
                    one.path(),
                    "the same ATC code is prescribed by " + one.path()));
        }
        List<Finding> findings = new ArrayList<>();
        for (ClassOverlap overlap : ClassOverlap.values()) {
            if (!renewed || overlap.isRefused()) {
                overlap(one, other, overlap).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** One that was sent again: the same number of the same sender. */
    private static boolean isSame(MedicationRequest one, MedicationRequest other) {
        return one.getIdentifier().stream()
                .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
                .anyMatch(identifier -> other.getIdentifier().stream()
                        .anyMatch(its -> identifier.getSystem().equals(its.getSystem())
                                && identifier.getValue().equals(its.getValue())));
    }

    /** The repeat prescription of one that may not have been closed yet is the same treatment, not a second one. */
    private static boolean isRenewal(Prescription later, Prescription earlier) {
        Reference prior = later.request().getPriorPrescription();
        return prior.hasReference()
                && earlier.path()
                        .equals("MedicationRequest/"
                                + prior.getReferenceElement().getIdPart());
    }

    private static Optional<Finding> overlap(Prescription one, Prescription other, ClassOverlap overlap) {
        boolean near = PrescribedTime.of(one.request()).isWithin(overlap.apart(), PrescribedTime.of(other.request()));
        if (!near || !overlap.mayHold(one.atc(), other.atc())) {
            return Optional.empty();
        }
        boolean holds = overlap.holds(one.atc(), other.atc());
        return Optional.of(new Finding(
                holds && overlap.isRefused() ? PlanRule.CLASSES_EXCLUDE_EACH_OTHER : PlanRule.CLASSES_OVERLAP,
                other.path(),
                one.path(),
                (holds ? "with " : "perhaps with ") + one.path() + " " + overlap.words()));
    }

    private static boolean share(Prescription one, Prescription other, Set<String> systems, int shortest) {
        return one.codes().stream()
                .filter(code -> systems.contains(code.getSystem()))
                .map(Coding::getCode)
                .filter(code -> code != null && code.length() >= shortest)
                .anyMatch(code -> other.codes().stream()
                        .anyMatch(its -> systems.contains(its.getSystem()) && code.equals(its.getCode())));
    }
}
