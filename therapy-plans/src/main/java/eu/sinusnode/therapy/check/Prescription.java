package eu.sinusnode.therapy.check;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;

/**
 * A prescription that holds while the plan does.
 *
 * @param codes of the medicine, wherever they stand
 */
public record Prescription(MedicationRequest request, List<Coding> codes) {

    public Prescription {
        codes = List.copyOf(codes);
    }

    String path() {
        return "MedicationRequest/" + request.getIdElement().getIdPart();
    }
}
