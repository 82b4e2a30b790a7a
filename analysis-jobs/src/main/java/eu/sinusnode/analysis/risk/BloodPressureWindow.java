package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The home cuff readings of the 28 days that end with the newest one, and what was left out in that time.
 *
 * @param readings by time; empty when there is none at all
 * @param stale the newest is more than 28 days older than the run
 */
public record BloodPressureWindow(
        List<BloodPressureReading> readings, boolean stale, Map<Exclusion, Integer> excluded) {

    private static final Set<String> USABLE_STATUS = Set.of("final", "amended", "corrected");

    /** Why a blood pressure does not count, in words for the flag's note. */
    public enum Exclusion {
        CUFFLESS("from a cuffless device"),
        UNKNOWN_DEVICE("from a device that is not known to be a cuff"),
        NOT_HOME("not stated as taken at home"),
        INCOMPLETE("with only one of the two values"),
        NOT_FINAL("not final"),
        IMPLAUSIBLE("with values that a cuff cannot mean"),
        DUPLICATE("sent twice");

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

    /** @param vitals of any code and order; only blood pressure is looked at */
    public static BloodPressureWindow of(List<VitalReading> vitals, Instant asOf) {
        List<Judged> judged = judge(vitals, asOf);
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

    private static List<Judged> judge(List<VitalReading> vitals, Instant asOf) {
        Map<String, List<VitalReading>> byObservation = new LinkedHashMap<>();
        vitals.stream()
                .filter(vital ->
                        vital.code().equals(Codes.SYSTOLIC) || vital.code().equals(Codes.DIASTOLIC))
                .filter(vital -> !vital.effective().toInstant().isAfter(asOf))
                .sorted(Comparator.comparing(
                                (VitalReading vital) -> vital.effective().toInstant())
                        .thenComparing(VitalReading::observation))
                .forEach(vital -> byObservation
                        .computeIfAbsent(vital.observation(), ignored -> new ArrayList<>())
                        .add(vital));
        Set<String> seen = new HashSet<>();
        return byObservation.values().stream()
                .map(values -> judge(values, seen))
                .toList();
    }

    private static Judged judge(List<VitalReading> values, Set<String> seen) {
        VitalReading first = values.get(0);
        Double systolic = value(values, Codes.SYSTOLIC);
        Double diastolic = value(values, Codes.DIASTOLIC);
        Exclusion exclusion = exclusion(first, systolic, diastolic);
        if (exclusion != null || systolic == null || diastolic == null) {
            return new Judged(null, exclusion, first.effective());
        }
        String content = first.effective().toInstant() + "|" + systolic + "|" + diastolic;
        if (!seen.add(content)) {
            return new Judged(null, Exclusion.DUPLICATE, first.effective());
        }
        return new Judged(
                new BloodPressureReading(first.reference(), first.effective(), systolic, diastolic),
                null,
                first.effective());
    }

    private static @Nullable Exclusion exclusion(
            VitalReading reading, @Nullable Double systolic, @Nullable Double diastolic) {
        if (Codes.CUFFLESS.equals(reading.device())) {
            return Exclusion.CUFFLESS;
        }
        if (!Codes.CUFF.equals(reading.device())) {
            return Exclusion.UNKNOWN_DEVICE;
        }
        if (!Codes.HOME.equals(reading.setting())) {
            return Exclusion.NOT_HOME;
        }
        if (!USABLE_STATUS.contains(reading.status())) {
            return Exclusion.NOT_FINAL;
        }
        if (systolic == null || diastolic == null) {
            return Exclusion.INCOMPLETE;
        }
        boolean plausible =
                systolic >= 50 && systolic <= 300 && diastolic >= 30 && diastolic <= 200 && systolic > diastolic;
        return plausible ? null : Exclusion.IMPLAUSIBLE;
    }

    private static @Nullable Double value(List<VitalReading> values, String code) {
        return values.stream()
                .filter(vital -> vital.code().equals(code) && vital.unit().equals("mm[Hg]"))
                .map(VitalReading::value)
                .findFirst()
                .orElse(null);
    }
}
