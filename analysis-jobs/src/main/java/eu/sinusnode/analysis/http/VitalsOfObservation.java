package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The readings of an Observation as the server's reading stream gives them: in the measurement's unit, at the offset that
 * was stated. The kind of the device is not in it: the stream tells it as it stood when the Observation was written.
 */
final class VitalsOfObservation {

    private static final int SECONDS_A_MINUTE = 60;
    private static final int MILLIS_A_MINUTE = 60_000;

    private VitalsOfObservation() {}

    /** @param observation with its id and version; one without an instant or a value in a known unit has no readings */
    static List<VitalReading> of(Observation observation, @Nullable String device, @Nullable String setting) {
        List<VitalReading> readings = new ArrayList<>();
        Optional<OffsetDateTime> effective = effective(observation.getEffective());
        for (Measurement measurement : Measurement.values()) {
            if (effective.isPresent() && hasLoinc(observation.getCode(), observationCode(measurement))) {
                value(observation, measurement)
                        .ifPresent(value -> readings.add(new VitalReading(
                                observation.getIdElement().getIdPart(),
                                observation.getMeta().getVersionId(),
                                measurement.code(),
                                effective.get(),
                                value.doubleValue(),
                                measurement.unit(),
                                observation.getStatus().toCode(),
                                device,
                                setting)));
            }
        }
        return readings;
    }

    private static String observationCode(Measurement measurement) {
        return switch (measurement) {
            case SYSTOLIC, DIASTOLIC -> Codes.BLOOD_PRESSURE_PANEL;
            default -> measurement.code();
        };
    }

    private static Optional<OffsetDateTime> effective(@Nullable Type effective) {
        if (!(effective instanceof BaseDateTimeType time) || time.getValue() == null || time.getTimeZone() == null) {
            return Optional.empty();
        }
        long millis = time.getValue().getTime();
        int minutes = time.getTimeZone().getOffset(millis) / MILLIS_A_MINUTE;
        return Optional.of(time.getValue().toInstant().atOffset(ZoneOffset.ofTotalSeconds(minutes * SECONDS_A_MINUTE)));
    }

    private static Optional<BigDecimal> value(Observation observation, Measurement measurement) {
        if (measurement.code().equals(observationCode(measurement))) {
            return inUnit(observation.getValue(), measurement);
        }
        List<ObservationComponentComponent> stated = observation.getComponent().stream()
                .filter(component -> hasLoinc(component.getCode(), measurement.code()))
                .toList();
        return stated.size() == 1 ? inUnit(stated.get(0).getValue(), measurement) : Optional.empty();
    }

    private static Optional<BigDecimal> inUnit(@Nullable Type value, Measurement measurement) {
        return value instanceof Quantity quantity
                        && !quantity.hasComparator()
                        && quantity.hasValue()
                        && Codes.UCUM.equals(quantity.getSystem())
                        && quantity.hasCode()
                ? measurement.convert(quantity.getValue(), quantity.getCode())
                : Optional.empty();
    }

    private static boolean hasLoinc(CodeableConcept concept, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
