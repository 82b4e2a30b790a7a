package eu.sinusnode.server.lane;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One measured value of an Observation.
 *
 * @param observation with {@code code}: the key; readings of an Observation are replaced together
 * @param version version of the Observation
 * @param offsetMinutes UTC offset that the Observation stated
 * @param value in {@link VitalCode#unit()}
 * @param device the measuring Device, or null when the Observation names none; its kind is looked up when the row is
 *     written
 */
public record VitalReading(
        UUID patient,
        UUID observation,
        int version,
        VitalCode code,
        Instant effective,
        int offsetMinutes,
        double value,
        ReadingStatus status,
        MeasurementSetting setting,
        ReadingAuthor author,
        @Nullable UUID device) {}
