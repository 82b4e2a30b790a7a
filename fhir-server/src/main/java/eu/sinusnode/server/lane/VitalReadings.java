package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.ResourceIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Takes the vital readings out of an Observation: what {@link VitalCode} names, nothing else. */
public final class VitalReadings {

    private static final int MILLIS_A_MINUTE = 60_000;

    private VitalReadings() {}

    /**
     * The readings of a stored Observation, one a value; a blood pressure has up to two.
     *
     * <p>Empty when the Observation is no vital sign of the lane, has no patient, no instant with a UTC offset, or no
     * value in a known unit. A value that is stated twice is ambiguous and gives no reading.
     *
     * @param observation with its id and version
     * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException when it has readings, but its id or the
     *     patient's is not a UUID
     */
    public static List<VitalReading> of(Observation observation) {
        Optional<String> patient = ResourceIds.referenced(observation.getSubject(), "Patient");
        if (patient.isEmpty()) {
            return List.of();
        }
        List<VitalReading> readings = new ArrayList<>(2);
        for (VitalCode code : VitalCode.of(observation.getCode())) {
            effective(observation.getEffective(), code).ifPresent(effective -> value(observation, code)
                    .ifPresent(value -> readings.add(reading(observation, patient.get(), effective, code, value))));
        }
        return readings;
    }

    private record Effective(Instant instant, int offsetMinutes) {}

    private static VitalReading reading(
            Observation observation, String patient, Effective effective, VitalCode code, BigDecimal value) {
        Optional<UUID> device =
                ResourceIds.referenced(observation.getDevice(), "Device").flatMap(ResourceIds::parse);
        Long version = Objects.requireNonNullElse(observation.getIdElement().getVersionIdPartAsLong(), 1L);
        return new VitalReading(
                ResourceIds.require("Patient", patient),
                ResourceIds.require("Observation", observation.getIdElement().getIdPart()),
                Math.toIntExact(version),
                code,
                effective.instant(),
                effective.offsetMinutes(),
                value.doubleValue(),
                ReadingStatus.of(observation),
                MeasurementSetting.of(observation),
                ReadingAuthor.of(observation),
                device.orElse(null));
    }

    /** Of what is counted over a period, the start: it dates the day that was counted. */
    private static Optional<Effective> effective(@Nullable Type effective, VitalCode code) {
        if (code.isOverPeriod()) {
            return effective instanceof Period period ? instant(period.getStartElement()) : Optional.empty();
        }
        return instant(effective);
    }

    /** A date without a time of day, or a time without an offset, is no instant. */
    private static Optional<Effective> instant(@Nullable Type effective) {
        if (!(effective instanceof BaseDateTimeType time)
                || time.getValue() == null
                || time.getTimeZone() == null
                || !time.hasTime()) {
            return Optional.empty();
        }
        Instant instant = time.getValue().toInstant();
        int offsetMinutes = time.getTimeZone().getOffset(instant.toEpochMilli()) / MILLIS_A_MINUTE;
        return Optional.of(new Effective(instant, offsetMinutes));
    }

    private static Optional<BigDecimal> value(Observation observation, VitalCode code) {
        if (code.loinc().equals(code.observationCode())) {
            return inCanonicalUnit(observation.getValue(), code);
        }
        List<Observation.ObservationComponentComponent> stated = observation.getComponent().stream()
                .filter(component -> hasLoinc(component.getCode(), code.loinc()))
                .toList();
        return stated.size() == 1 ? inCanonicalUnit(stated.get(0).getValue(), code) : Optional.empty();
    }

    private static Optional<BigDecimal> inCanonicalUnit(Type value, VitalCode code) {
        // A quantity with a comparator (< 40) is a bound, not a measured value.
        if (!(value instanceof Quantity quantity)
                || quantity.hasComparator()
                || !quantity.hasValue()
                || !Codes.UCUM.equals(quantity.getSystem())
                || !quantity.hasCode()) {
            return Optional.empty();
        }
        return code.inCanonicalUnit(quantity.getValue(), quantity.getCode());
    }

    private static boolean hasLoinc(CodeableConcept concept, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
