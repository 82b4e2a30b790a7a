package eu.sinusnode.therapy.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.timing.Timings;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanActivitiesTest {

    /** A proposal has no dose; one that was given a dose, and made active, is a proposal all the same. */
    @ParameterizedTest
    @CsvSource({
        "ORDER, ACTIVE, true",
        "PLAN, ACTIVE, true",
        "PROPOSAL, ACTIVE, false",
        "PROPOSAL, DRAFT, false",
        "ORDER, DRAFT, false",
        "ORDER, CANCELLED, false"
    })
    void whatIsOnlyProposedRemindsOfNothing(
            MedicationRequestIntent intent, MedicationRequestStatus status, boolean reminds) {
        MedicationRequest request = new MedicationRequest().setStatus(status).setIntent(intent);
        request.setMedication(new CodeableConcept().setText("Statin"));
        request.addDosageInstruction().setTiming(Timings.repeated("\"frequency\":1,\"period\":1,\"periodUnit\":\"d\""));
        assertThat(PlanActivities.of(Map.of("MedicationRequest/1", request))).hasSize(reminds ? 1 : 0);
    }
}
