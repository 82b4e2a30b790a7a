package eu.sinusnode.server.lane;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what a {@link ReadingCursor} finds, in order; a patient's readings follow the patient. */
public interface ReadingSink {

    /**
     * Comes first, before anything is disclosed.
     *
     * @param types every patient that will follow, with the types of the records of which something will
     */
    void begin(Map<String, Set<String>> types) throws IOException;

    /**
     * @param withheld Observation codes of which the patient does not permit all, and resource types
     * @param beside what there is beside what follows, as far as it is not withheld: {@code rr-interval-series},
     *     {@code risk-flag}
     */
    void patient(String patientId, List<String> withheld, List<String> beside) throws IOException;

    /**
     * What rules ask of the patient's record beside readings; before these.
     *
     * @param resource JSON of the resource, with id and version, with the elements that they ask for alone
     */
    void input(String patientId, String resource) throws IOException;

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
