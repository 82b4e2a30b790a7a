package eu.sinusnode.therapy.medicine;

import eu.sinusnode.profiles.RiskInputCodes;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;

/**
 * A prescription with what its medicine is.
 *
 * @param codes of the medicine, wherever they stand
 */
public record Prescription(MedicationRequest request, List<Coding> codes) {

    public Prescription {
        codes = List.copyOf(codes);
    }

    public String path() {
        return "MedicationRequest/" + request.getIdElement().getIdPart();
    }

    /** ATC codes; empty when it is not known what class it belongs to. */
    public List<String> atc() {
        return codes.stream()
                .filter(code -> RiskInputCodes.ATC_SYSTEMS.contains(code.getSystem()))
                .filter(Coding::hasCode)
                .map(Coding::getCode)
                .toList();
    }
}
