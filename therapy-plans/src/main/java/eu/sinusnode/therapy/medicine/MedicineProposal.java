package eu.sinusnode.therapy.medicine;

import eu.sinusnode.profiles.Canonicals;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;

/**
 * A MedicationRequest of intent {@code proposal}: somebody thinks of a medicine, and nobody has prescribed it. It is nothing
 * to take, whatever its status says.
 */
public final class MedicineProposal {

    private static final Set<MedicationRequestStatus> DECLINED = EnumSet.of(
            MedicationRequestStatus.CANCELLED,
            MedicationRequestStatus.ENTEREDINERROR,
            MedicationRequestStatus.STOPPED,
            MedicationRequestStatus.COMPLETED);

    private MedicineProposal() {}

    public static boolean is(MedicationRequest request) {
        return request.getIntent() == MedicationRequestIntent.PROPOSAL;
    }

    /** Whether the patient is to take it now. */
    public static boolean isPrescribed(MedicationRequest request) {
        return request.getStatus() == MedicationRequestStatus.ACTIVE && !is(request);
    }

    /** Whether it was made of a programme; what became of it since then is another question. */
    public static boolean isOfProgramme(MedicationRequest request) {
        return request.getIdentifier().stream()
                .anyMatch(identifier -> Canonicals.THERAPY_PLAN_IDENTIFIER.equals(identifier.getSystem()));
    }

    /** Whether it is taken no more, or never was. */
    public static boolean isOver(MedicationRequest request) {
        return DECLINED.contains(request.getStatus());
    }

    /** Whether a clinician has neither prescribed nor declined it. */
    public static boolean isUndecided(MedicationRequest request) {
        return request.getStatus() == MedicationRequestStatus.DRAFT
                || is(request) && !DECLINED.contains(request.getStatus());
    }
}
