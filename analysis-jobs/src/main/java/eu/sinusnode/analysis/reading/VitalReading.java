package eu.sinusnode.analysis.reading;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One measured value as the server's reading stream gives it.
 *
 * @param observation plain id of the Observation; the two values of one blood pressure share it
 * @param code LOINC code of the value, for blood pressure that of the component
 * @param effective when it was measured, with the offset that the device stated: its local date is the patient's
 * @param unit UCUM code
 * @param status {@code Observation.status}
 * @param device code of the measuring device's kind; null when not known
 * @param setting {@code home} or {@code office}; null when not stated
 */
public record VitalReading(
        String observation,
        String version,
        String code,
        OffsetDateTime effective,
        double value,
        String unit,
        String status,
        @Nullable String device,
        @Nullable String setting) {

    /** The version of the Observation it stands in, e.g. {@code Observation/17/_history/2}. */
    public String reference() {
        return "Observation/" + observation + "/_history/" + version;
    }

    /** The same reading, its value in another unit. */
    public VitalReading measured(double inUnit, String ucum) {
        return new VitalReading(observation, version, code, effective, inUnit, ucum, status, device, setting);
    }
}
