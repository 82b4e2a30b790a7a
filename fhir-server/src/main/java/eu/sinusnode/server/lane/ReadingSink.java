package eu.sinusnode.server.lane;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a {@link ReadingCursor} finds, in order; a patient's readings follow the patient. */
public interface ReadingSink {

    /**
     * Comes first, before anything else is known.
     *
     * @param patientIds every patient that will follow
     */
    void begin(List<String> patientIds) throws IOException;

    /**
     * @param withheld Observation codes of which the patient does not permit all, and resource types
     * @param beside what there is beside readings, as far as it is not withheld: {@code rr-interval-series},
     *     {@code Condition}, {@code MedicationRequest}, {@code risk-flag}
     */
    void patient(String patientId, List<String> withheld, List<String> beside) throws IOException;

    void reading(StoredReading reading) throws IOException;

    /**
     * Everything was handed over.
     *
     * @param last id of the last patient, or null when there was none
     * @param more whether patients follow after it
     * @param sequence to be given as {@code since} by a reader who wants what changes from now on
     */
    void end(@Nullable String last, boolean more, long sequence) throws IOException;

    /** A reading as it is disclosed. */
    record StoredReading(
            String patientId,
            String observationId,
            int version,
            VitalCode code,
            OffsetDateTime effective,
            double value,
            ReadingStatus status,
            DeviceKind device,
            MeasurementSetting setting) {}
}
