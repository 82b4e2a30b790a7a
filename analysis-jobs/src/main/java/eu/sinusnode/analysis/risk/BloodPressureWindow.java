package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.quality.CheckedReadings;
import eu.sinusnode.analysis.quality.CheckedReadings.LeftOut;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The home cuff readings of the 28 days that end with the newest one, and what was left out in that time.
 *
 * @param readings by time; empty when there is none at all
 * @param stale the newest is more than 28 days older than the run
 */
public record BloodPressureWindow(
        List<BloodPressureReading> readings, boolean stale, Map<Exclusion, Integer> excluded) {

    /** Why a blood pressure does not count, in words for the flag's note. */
    public enum Exclusion {
        CUFFLESS("from a cuffless device"),
        UNKNOWN_DEVICE("from a device that is not known to be a cuff"),
        NOT_HOME("not stated as taken at home"),
        INCOMPLETE("with only one of the two values"),
        NOT_FINAL("not final"),
        WRONG_UNIT("in a unit other than mm[Hg]"),
        IMPLAUSIBLE("with values that a cuff cannot mean"),
        DUPLICATE("sent twice"),
        CLOCK("with a time that cannot be theirs");

        private final String words;

        Exclusion(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private record Judged(
            @Nullable BloodPressureReading reading,
            @Nullable Exclusion exclusion,
            OffsetDateTime effective) {}

    /** @param checked of any code; only blood pressure is looked at */
    public static BloodPressureWindow of(CheckedReadings checked, Instant asOf) {
        List<Judged> judged = judge(checked, asOf);
        Instant newest = judged.stream()
                .filter(one -> one.reading() != null)
                .map(one -> one.effective().toInstant())
                .max(Comparator.naturalOrder())
                .orElse(null);
        Instant end = newest == null ? asOf : newest;
        Instant start = end.minus(PatientFeatures.WINDOW);
        List<BloodPressureReading> readings = new ArrayList<>();
        Map<Exclusion, Integer> excluded = new EnumMap<>(Exclusion.class);
        for (Judged one : judged) {
            Instant effective = one.effective().toInstant();
            boolean inside = newest == null || (effective.isAfter(start) && !effective.isAfter(end));
            if (inside && one.reading() != null) {
                readings.add(one.reading());
            } else if (inside && one.exclusion() != null) {
                excluded.merge(one.exclusion(), 1, Integer::sum);
            }
        }
        boolean stale = newest != null && newest.isBefore(asOf.minus(PatientFeatures.WINDOW));
        return new BloodPressureWindow(List.copyOf(readings), stale, Map.copyOf(excluded));
    }

    /** A sentence that counts what was left out by reason; empty when nothing was. */
    Optional<String> notCounted() {
        return excluded.isEmpty()
                ? Optional.empty()
                : Optional.of(excluded.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", ", "Not counted: blood pressures ", ".")));
    }

    private static List<Judged> judge(CheckedReadings checked, Instant asOf) {
        Map<String, List<VitalReading>> usable = new LinkedHashMap<>();
        checked.usable().stream().filter(BloodPressureWindow::isPressure).forEach(reading -> usable.computeIfAbsent(
                        reading.observation(), ignored -> new ArrayList<>(2))
                .add(reading));
        Map<String, LeftOut> leftOut = new LinkedHashMap<>();
        checked.leftOut().stream()
                .filter(one -> isPressure(one.reading()))
                .filter(one -> !one.reading().effective().toInstant().isAfter(asOf))
                .forEach(one -> leftOut.putIfAbsent(one.reading().observation(), one));
        return Stream.concat(
                        usable.values().stream().map(BloodPressureWindow::judge),
                        leftOut.values().stream().map(BloodPressureWindow::judge))
                .toList();
    }

    private static boolean isPressure(VitalReading reading) {
        return reading.code().equals(Codes.SYSTOLIC) || reading.code().equals(Codes.DIASTOLIC);
    }

    private static Judged judge(List<VitalReading> values) {
        VitalReading first = values.get(0);
        Exclusion exclusion = notHomeCuff(first);
        Double systolic = value(values, Codes.SYSTOLIC);
        Double diastolic = value(values, Codes.DIASTOLIC);
        if (exclusion != null || systolic == null || diastolic == null) {
            return new Judged(null, exclusion == null ? Exclusion.INCOMPLETE : exclusion, first.effective());
        }
        return new Judged(
                new BloodPressureReading(first.reference(), first.effective(), systolic, diastolic),
                null,
                first.effective());
    }

    private static Judged judge(LeftOut one) {
        Exclusion exclusion = notHomeCuff(one.reading());
        return new Judged(
                null,
                exclusion == null ? exclusion(one.fault()) : exclusion,
                one.reading().effective());
    }

    private static @Nullable Exclusion notHomeCuff(VitalReading reading) {
        if (Codes.CUFFLESS.equals(reading.device())) {
            return Exclusion.CUFFLESS;
        }
        if (!Codes.CUFF.equals(reading.device())) {
            return Exclusion.UNKNOWN_DEVICE;
        }
        return Codes.HOME.equals(reading.setting()) ? null : Exclusion.NOT_HOME;
    }

    private static Exclusion exclusion(Fault fault) {
        return switch (fault) {
            case NOT_FINAL -> Exclusion.NOT_FINAL;
            case WRONG_UNIT -> Exclusion.WRONG_UNIT;
            case IMPOSSIBLE_VALUE, WEIGHT_JUMP -> Exclusion.IMPLAUSIBLE;
            case DUPLICATE -> Exclusion.DUPLICATE;
            case AFTER_RUN, BEFORE_BIRTH, BURST -> Exclusion.CLOCK;
        };
    }

    private static @Nullable Double value(List<VitalReading> values, String code) {
        return values.stream()
                .filter(vital -> vital.code().equals(code))
                .map(VitalReading::value)
                .findFirst()
                .orElse(null);
    }
}
