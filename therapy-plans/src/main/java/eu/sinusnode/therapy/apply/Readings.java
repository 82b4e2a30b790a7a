package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;

/** The Observations of a patient that may be judged by: final ones, up to an instant, no pressure of cuffless devices. */
record Readings(List<Observation> usable, Instant now) {

    private static final Set<ObservationStatus> FINAL =
            Set.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED);

    static Readings of(PatientRecord record, Instant now) {
        Set<String> cuffs = Set.copyOf(References.of(record.devices().stream()
                .filter(device -> device.getType().getCoding().stream()
                        .noneMatch(type -> Canonicals.DEVICE_KINDS.equals(type.getSystem())
                                && (Codes.CUFFLESS.equals(type.getCode()) || Codes.PPG.equals(type.getCode()))))
                .toList()));
        return new Readings(
                record.observations().stream()
                        .filter(each -> FINAL.contains(each.getStatus()))
                        .filter(each ->
                                at(each).filter(time -> !time.isAfter(now)).isPresent())
                        .filter(each -> !is(each, Codes.BLOOD_PRESSURE_PANEL) || isOfCuff(each, cuffs))
                        .toList(),
                now);
    }

    /** A pressure that names no device was measured by somebody; one of a device that is not known may be cuffless. */
    private static boolean isOfCuff(Observation pressure, Set<String> cuffs) {
        return !pressure.hasDevice()
                || cuffs.contains(pressure.getDevice()
                        .getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue());
    }

    /** @param longest how old it may be */
    Optional<Observation> newest(String loinc, Duration longest) {
        return since(loinc, now.minus(longest)).max(Comparator.comparing(each -> at(each).orElse(Instant.MIN)));
    }

    Stream<Observation> since(String loinc, Instant from) {
        return usable.stream()
                .filter(each -> is(each, loinc))
                .filter(each -> at(each).filter(time -> !time.isBefore(from)).isPresent());
    }

    static boolean is(Observation observation, String loinc) {
        return observation.getCode().getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && loinc.equals(coding.getCode()));
    }

    static Optional<Instant> at(Observation observation) {
        return Optional.ofNullable(
                        observation.getEffective() instanceof DateTimeType time
                                ? time.getValue()
                                : observation.getEffective() instanceof InstantType instant
                                        ? instant.getValue()
                                        : observation.getEffective() instanceof Period period ? period.getEnd() : null)
                .map(Date::toInstant);
    }

    static List<String> source(Resource record) {
        return List.of(References.of(record));
    }
}
