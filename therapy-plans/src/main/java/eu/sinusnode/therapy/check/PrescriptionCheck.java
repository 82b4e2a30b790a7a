package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.medicine.Prescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Dosage.DosageDoseAndRateComponent;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** A dose has a unit, and no medicine is prescribed twice at one time. */
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
            findings.addAll(doses(one));
            for (Prescription other : prescriptions.subList(i + 1, prescriptions.size())) {
                if (overlap(one.request(), other.request())) {
                    twice(one, other, findings);
                }
            }
        }
        return findings;
    }

    private static void twice(Prescription one, Prescription other, List<Finding> findings) {
        if (share(one, other, PZN, 1)) {
            findings.add(new Finding(
                    PlanRule.SAME_PACKAGE_TWICE, other.path(), "the same PZN is prescribed by " + one.path()));
        } else if (share(one, other, ATC, SUBSTANCE)) {
            findings.add(new Finding(
                    PlanRule.SAME_SUBSTANCE_TWICE, other.path(), "the same ATC code is prescribed by " + one.path()));
        }
    }

    private static boolean share(Prescription one, Prescription other, Set<String> systems, int shortest) {
        return one.codes().stream()
                .filter(code -> systems.contains(code.getSystem()))
                .map(Coding::getCode)
                .filter(code -> code != null && code.length() >= shortest)
                .anyMatch(code -> other.codes().stream()
                        .anyMatch(its -> systems.contains(its.getSystem()) && code.equals(its.getCode())));
    }

    /** Without an end it goes on, without a beginning it holds already. */
    private static boolean overlap(MedicationRequest one, MedicationRequest other) {
        return !start(one).isAfter(end(other)) && !start(other).isAfter(end(one));
    }

    private static Instant start(MedicationRequest request) {
        return bounds(request).stream()
                .map(period -> instant(period.getStart(), Instant.MIN))
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static Instant end(MedicationRequest request) {
        return bounds(request).stream()
                .map(period -> instant(period.getEnd(), Instant.MAX))
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static List<Period> bounds(MedicationRequest request) {
        List<Period> bounds = new ArrayList<>();
        for (Dosage dosage : request.getDosageInstruction()) {
            if (!(dosage.getTiming().getRepeat().getBounds() instanceof Period period)) {
                return List.of();
            }
            bounds.add(period);
        }
        return bounds;
    }

    private static Instant instant(@Nullable Date date, Instant otherwise) {
        return date == null ? otherwise : date.toInstant();
    }

    private static List<Finding> doses(Prescription prescription) {
        List<Finding> findings = new ArrayList<>();
        List<Dosage> dosages = prescription.request().getDosageInstruction();
        for (int i = 0; i < dosages.size(); i++) {
            List<DosageDoseAndRateComponent> doses = dosages.get(i).getDoseAndRate();
            for (int j = 0; j < doses.size(); j++) {
                if (!hasUnit(doses.get(j).getDose())) {
                    findings.add(new Finding(
                            PlanRule.DOSE_WITHOUT_UNIT,
                            prescription.path() + ".dosageInstruction[" + i + "].doseAndRate[" + j + "].dose",
                            "the dose is a number without a unit"));
                }
            }
        }
        return findings;
    }

    private static boolean hasUnit(@Nullable Type dose) {
        if (dose instanceof Range range) {
            return hasUnit(range.getLow()) && hasUnit(range.getHigh());
        }
        return !(dose instanceof Quantity quantity)
                || !quantity.hasValue()
                || quantity.hasUnit()
                || quantity.hasSystem() && quantity.hasCode();
    }
}
