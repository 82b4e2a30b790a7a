package eu.sinusnode.server.therapy;

import eu.sinusnode.therapy.medicine.Prescription;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;

/** Reads what a prescription's medicine is, wherever it stands. One that the caller may not read has no codes. */
record PrescriptionReader(Readable records) {

    Prescription of(MedicationRequest request) {
        return new Prescription(request, codes(request));
    }

    private List<Coding> codes(MedicationRequest request) {
        if (request.hasMedicationCodeableConcept()) {
            return request.getMedicationCodeableConcept().getCoding();
        }
        Reference medicine = request.getMedicationReference();
        if (medicine.getResource() instanceof Medication contained) {
            return contained.getCode().getCoding();
        }
        String path = medicine.getReferenceElement().hasResourceType()
                ? "Medication/" + medicine.getReferenceElement().getIdPart()
                : medicine.getReference();
        return Optional.ofNullable(path)
                .flatMap(known -> records.readIfOpen(Medication.class, known))
                .map(medication -> medication.getCode().getCoding())
                .orElse(List.of());
    }
}
