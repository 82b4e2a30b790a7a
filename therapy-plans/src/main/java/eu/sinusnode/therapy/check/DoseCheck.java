package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.medicine.Prescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Dosage.DosageDoseAndRateComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** A dose, a rate and a most have a number and a unit, in prescriptions and in what a plan describes. */
final class DoseCheck {

    private DoseCheck() {}

    static List<Finding> check(PlanUnderReview plan) {
        List<Finding> findings = new ArrayList<>();
        for (Prescription prescription : plan.prescriptions()) {
            List<Dosage> dosages = prescription.request().getDosageInstruction();
            for (int i = 0; i < dosages.size(); i++) {
                dosage(dosages.get(i), prescription.path() + ".dosageInstruction[" + i + "]", findings);
            }
        }
        for (int i = 0; i < plan.plan().getActivity().size(); i++) {
            CarePlanActivityDetailComponent detail =
                    plan.plan().getActivity().get(i).getDetail();
            String element = plan.activity(i) + ".detail";
            quantity(detail.getDailyAmount(), element + ".dailyAmount", findings);
            quantity(detail.getQuantity(), element + ".quantity", findings);
        }
        return findings;
    }

    private static void dosage(Dosage dosage, String element, List<Finding> findings) {
        List<DosageDoseAndRateComponent> doses = dosage.getDoseAndRate();
        for (int i = 0; i < doses.size(); i++) {
            quantity(doses.get(i).getDose(), element + ".doseAndRate[" + i + "].dose", findings);
            quantity(doses.get(i).getRate(), element + ".doseAndRate[" + i + "].rate", findings);
        }
        quantity(dosage.getMaxDosePerPeriod(), element + ".maxDosePerPeriod", findings);
        quantity(dosage.getMaxDosePerAdministration(), element + ".maxDosePerAdministration", findings);
        quantity(dosage.getMaxDosePerLifetime(), element + ".maxDosePerLifetime", findings);
    }

    private static void quantity(@Nullable Type dose, String element, List<Finding> findings) {
        fault(dose).ifPresent(words -> findings.add(new Finding(PlanRule.INCOMPLETE_DOSE, element, words)));
    }

    /** Of a range or a ratio the first one. */
    private static Optional<String> fault(@Nullable Type dose) {
        if (dose instanceof Range range) {
            return fault(range.getLow()).or(() -> fault(range.getHigh()));
        }
        if (dose instanceof Ratio ratio) {
            return fault(ratio.getNumerator()).or(() -> fault(ratio.getDenominator()));
        }
        return dose instanceof Quantity quantity ? fault(quantity) : Optional.empty();
    }

    /** What is not said at all is no fault. */
    private static Optional<String> fault(Quantity quantity) {
        boolean unit = quantity.hasUnit() || quantity.hasSystem() && quantity.hasCode();
        if (quantity.hasValue() && !unit) {
            return Optional.of("it is a number without a unit");
        }
        return !quantity.hasValue() && (unit || quantity.hasCode())
                ? Optional.of("it is a unit without a number")
                : Optional.empty();
    }
}
