package eu.sinusnode.therapy.apply;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A patient as a programme sees one, at an instant.
 *
 * @param patient {@code Patient/[id]}
 * @param known every {@link NamedInput}
 * @param medication references to the MedicationRequests that are active
 * @param medicationWasRead whether an empty list means that nothing is prescribed here
 */
public record PatientFacts(
        String patient, Instant now, Map<NamedInput, Fact> known, List<String> medication, boolean medicationWasRead) {

    public PatientFacts {
        known = Map.copyOf(known);
        medication = List.copyOf(medication);
    }

    /** Of whom nothing was asked but prescriptions: every input is unknown. */
    public static PatientFacts ofPrescriptions(String patient, Instant now, boolean wereRead) {
        return new PatientFacts(patient, now, Map.of(), List.of(), wereRead);
    }

    Fact of(NamedInput input) {
        Fact fact = known.get(input);
        return fact == null ? new Fact.Unknown("it was not asked for") : fact;
    }
}
