package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.medicine.Prescription;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * What the caller may read of a patient.
 *
 * @param withheld types of resources that could not be read: their absence says nothing
 */
public record PatientRecord(
        Patient patient,
        List<Condition> conditions,
        List<Observation> observations,
        List<Device> devices,
        List<QuestionnaireResponse> answers,
        List<Prescription> medication,
        List<AllergyIntolerance> allergies,
        Set<String> withheld) {

    public PatientRecord {
        conditions = List.copyOf(conditions);
        observations = List.copyOf(observations);
        devices = List.copyOf(devices);
        answers = List.copyOf(answers);
        medication = List.copyOf(medication);
        allergies = List.copyOf(allergies);
        withheld = Set.copyOf(withheld);
    }
}
