package eu.sinusnode.analysis.quality;

import eu.sinusnode.analysis.quality.CheckedReadings.LeftOut;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The check that every reading passes before a model sees it. What one Observation says stands or falls together: a blood
 * pressure of which one value cannot be is no blood pressure.
 */
public final class ReadingQuality {

    /** Different contents of one instant that make it the time of a transfer. */
    static final int BURST = 3;

    private static final Set<String> USABLE_STATUS = Set.of("final", "amended", "corrected");
    private static final Instant YEAR_1900 = Instant.parse("1900-01-01T00:00:00Z");

    /** Of one instant and content the one that also says where and with what it was measured comes first. */
    private static final Comparator<VitalReading> BY_TIME = Comparator.comparing(
                    VitalReading::effective, OffsetDateTime.timeLineOrder())
            .thenComparingInt(ReadingQuality::untold)
            .thenComparing(VitalReading::observation)
            .thenComparing(VitalReading::code);

    private final Instant asOf;
    private final Instant earliest;
    private final List<LeftOut> leftOut = new ArrayList<>();

    private ReadingQuality(Instant asOf, @Nullable LocalDate born) {
        this.asOf = asOf;
        // The day begins fourteen hours earlier at its easternmost than in UTC.
        this.earliest = born == null
                ? YEAR_1900
                : born.atStartOfDay(ZoneOffset.ofHours(14)).toInstant();
    }

    /** The values that one Observation holds. */
    private record Content(List<VitalReading> readings) {

        boolean isSimultaneousWith(Content other) {
            return readings.get(0).effective().isEqual(other.readings.get(0).effective());
        }

        /** Equal for two Observations that say the same of the same measurements. */
        String said() {
            return joined(one -> one.code() + "=" + one.value());
        }

        /** Equal for two Observations of the same measurements, whatever their values. */
        String kind() {
            return joined(VitalReading::code);
        }

        private String joined(Function<VitalReading, String> part) {
            return readings.stream().map(part).sorted().collect(Collectors.joining("|"));
        }
    }

    /**
     * @param vitals of one patient, of any code and in any order
     * @param asOf the instant of the run
     * @param born the patient's birth date, when it is known
     */
    public static CheckedReadings check(List<VitalReading> vitals, Instant asOf, @Nullable LocalDate born) {
        return new ReadingQuality(asOf, born).check(vitals);
    }

    private CheckedReadings check(List<VitalReading> vitals) {
        List<Content> sound = new ArrayList<>();
        for (List<VitalReading> readings : byObservation(vitals)) {
            Fault fault = fault(readings);
            if (fault == null) {
                sound.add(new Content(
                        readings.stream().map(ReadingQuality::canonical).toList()));
            } else {
                readings.forEach(reading -> leftOut.add(new LeftOut(reading, fault)));
            }
        }
        List<VitalReading> measured = withoutDuplicatesAndBursts(sound).stream()
                .flatMap(content -> content.readings().stream())
                .toList();
        Set<VitalReading> jumps = WeightJumps.of(measured);
        jumps.forEach(reading -> leftOut.add(new LeftOut(reading, Fault.WEIGHT_JUMP)));
        return new CheckedReadings(
                measured.stream().filter(reading -> !jumps.contains(reading)).toList(),
                leftOut.stream()
                        .sorted(Comparator.comparing(LeftOut::reading, BY_TIME))
                        .toList());
    }

    private static int untold(VitalReading reading) {
        int device = reading.device() == null ? 2 : reading.device().equals(Codes.CUFFLESS) ? 1 : 0;
        return 2 * device + (reading.setting() == null ? 1 : 0);
    }

    private static Iterable<List<VitalReading>> byObservation(List<VitalReading> vitals) {
        Map<String, List<VitalReading>> byObservation = new LinkedHashMap<>();
        vitals.stream()
                .filter(vital -> Measurement.of(vital.code()).isPresent())
                .sorted(BY_TIME)
                .forEach(vital -> byObservation
                        .computeIfAbsent(vital.observation(), ignored -> new ArrayList<>())
                        .add(vital));
        return byObservation.values();
    }

    private @Nullable Fault fault(List<VitalReading> readings) {
        return readings.stream()
                .map(this::fault)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> isUpsideDown(readings) ? Fault.IMPOSSIBLE_VALUE : null);
    }

    private @Nullable Fault fault(VitalReading reading) {
        if (!USABLE_STATUS.contains(reading.status())) {
            return Fault.NOT_FINAL;
        }
        Measurement measurement = measurement(reading);
        if (measurement.convert(reading.value(), reading.unit()).isEmpty()) {
            return Fault.WRONG_UNIT;
        }
        if (!measurement.isPossible(canonical(reading).value())) {
            return Fault.IMPOSSIBLE_VALUE;
        }
        Instant effective = reading.effective().toInstant();
        if (effective.isAfter(asOf)) {
            return Fault.AFTER_RUN;
        }
        return effective.isBefore(earliest) ? Fault.BEFORE_BIRTH : null;
    }

    private static boolean isUpsideDown(List<VitalReading> readings) {
        double systolic = value(readings, Measurement.SYSTOLIC);
        double diastolic = value(readings, Measurement.DIASTOLIC);
        return systolic <= diastolic;
    }

    private static double value(List<VitalReading> readings, Measurement measurement) {
        return readings.stream()
                .filter(reading -> reading.code().equals(measurement.code()))
                .mapToDouble(VitalReading::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** @param sound by time */
    private List<Content> withoutDuplicatesAndBursts(List<Content> sound) {
        List<Content> rest = new ArrayList<>(sound.size());
        int from = 0;
        while (from < sound.size()) {
            int to = from + 1;
            while (to < sound.size() && sound.get(to).isSimultaneousWith(sound.get(from))) {
                to++;
            }
            if (to == from + 1) {
                rest.add(sound.get(from));
            } else {
                rest.addAll(ofOneInstant(sound.subList(from, to)));
            }
            from = to;
        }
        return rest;
    }

    private List<Content> ofOneInstant(List<Content> contents) {
        Set<String> seen = new HashSet<>();
        List<Content> different = keep(contents, Fault.DUPLICATE, content -> seen.add(content.said()));
        Map<String, Integer> kinds = new HashMap<>();
        different.forEach(content -> kinds.merge(content.kind(), 1, Integer::sum));
        return keep(different, Fault.BURST, content -> kinds.getOrDefault(content.kind(), 0) < BURST);
    }

    private List<Content> keep(List<Content> contents, Fault fault, Predicate<Content> kept) {
        List<Content> rest = new ArrayList<>();
        for (Content content : contents) {
            if (kept.test(content)) {
                rest.add(content);
            } else {
                content.readings().forEach(reading -> leftOut.add(new LeftOut(reading, fault)));
            }
        }
        return rest;
    }

    private static VitalReading canonical(VitalReading reading) {
        Measurement measurement = measurement(reading);
        double value = measurement.convert(reading.value(), reading.unit()).orElse(Double.NaN);
        return reading.measured(value, measurement.unit());
    }

    private static Measurement measurement(VitalReading reading) {
        return Measurement.of(reading.code()).orElseThrow();
    }
}
