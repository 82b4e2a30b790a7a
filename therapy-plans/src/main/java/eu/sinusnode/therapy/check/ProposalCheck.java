package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;

/** Each proposed medicine has been prescribed, with a dose, or declined: no plan prescribes by itself. */
final class ProposalCheck {

    private ProposalCheck() {}

    static List<Finding> check(List<MedicationRequest> medicines) {
        return medicines.stream()
                .flatMap(medicine -> finding(medicine).stream())
                .toList();
    }

    private static Optional<Finding> finding(MedicationRequest medicine) {
        if (MedicineProposal.isUndecided(medicine)) {
            return Optional.of(finding(medicine, ".status", "it is neither prescribed nor declined"));
        }
        boolean withoutDose = medicine.getStatus() == MedicationRequestStatus.ACTIVE
                && MedicineProposal.isOfProgramme(medicine)
                && !medicine.hasDosageInstruction();
        return withoutDose
                ? Optional.of(
                        finding(medicine, ".dosageInstruction", "it was proposed, and is prescribed without a dose"))
                : Optional.empty();
    }

    private static Finding finding(MedicationRequest medicine, String element, String words) {
        return new Finding(
                PlanRule.UNDECIDED_PROPOSAL,
                "MedicationRequest/" + medicine.getIdElement().getIdPart() + element,
                words);
    }
}
