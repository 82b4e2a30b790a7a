package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.medicine.ClassOverlap;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;

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
        boolean atOnce = PrescribedTime.of(one.request()).meets(PrescribedTime.of(other.request()));
        if (atOnce && share(one, other, PZN, 1)) {
            return List.of(new Finding(
                    PlanRule.SAME_PACKAGE_TWICE, other.path(), "the same PZN is prescribed by " + one.path()));
        }
        if (atOnce && share(one, other, ATC, SUBSTANCE)) {
            return List.of(new Finding(
                    PlanRule.SAME_SUBSTANCE_TWICE, other.path(), "the same ATC code is prescribed by " + one.path()));
        }
        List<Finding> findings = new ArrayList<>();
        for (ClassOverlap overlap : ClassOverlap.values()) {
            overlap(one, other, overlap).ifPresent(findings::add);
        }
        return findings;
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
