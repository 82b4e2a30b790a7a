package eu.sinusnode.therapy.reminder;

import org.hl7.fhir.r4.model.Timing;

/**
 * One timing of what a plan asks the patient to do.
 *
 * @param record what asks for it, such as {@code MedicationRequest/[id]}
 * @param part which of the record's timings: a prescription may have several dosages
 * @param name what it is called
 */
public record Activity(String record, int part, String name, Timing timing) {

    private static final String PRESCRIPTION = "MedicationRequest/";

    /** Whether it is an intake of medication. */
    public boolean isMedication() {
        return record.startsWith(PRESCRIPTION);
    }
}
