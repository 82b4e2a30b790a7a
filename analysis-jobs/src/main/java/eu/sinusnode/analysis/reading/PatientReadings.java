package eu.sinusnode.analysis.reading;

import eu.sinusnode.analysis.facts.PatientFacts;
import java.util.List;

/**
 * What the server gives the job of one patient.
 *
 * @param patient plain id
 * @param withheld codes and resource types that the patient's consent does not open to automated analysis
 * @param readingCount of all vital readings received, used by a model or not
 * @param vitals those that some model uses, by time
 * @param series recordings of RR intervals, newest first
 * @param facts what else the record says
 */
public record PatientReadings(
        String patient,
        List<String> withheld,
        int readingCount,
        List<VitalReading> vitals,
        List<RrSeries> series,
        List<RefusedSeries> refused,
        PatientFacts facts) {

    public PatientReadings withFacts(PatientFacts read) {
        return new PatientReadings(patient, withheld, readingCount, vitals, series, refused, read);
    }

    public PatientReadings withSeries(List<RrSeries> read, List<RefusedSeries> notUsed) {
        return new PatientReadings(patient, withheld, readingCount, vitals, read, notUsed, facts);
    }
}
