package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.LaboratoryValue;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.PersonalLimits.Limit;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records as untidy as real ones: ill and healthy stretches, several devices, old and corrected readings, duplicates, bursts,
 * wrong units, weights of others, travel across time zones, recordings with and without a rhythm.
 */
final class RandomRecords {

    private static final List<Measurement> MEASURED = List.of(
            Measurement.HEART_RATE,
            Measurement.RESTING_HEART_RATE,
            Measurement.BODY_WEIGHT,
            Measurement.OXYGEN_SATURATION);

    private final Random random;
    private final Instant asOf;
    private final List<VitalReading> vitals = new ArrayList<>();
    private int ids;

    private RandomRecords(long seed, Instant asOf) {
        this.random = new Random(seed);
        this.asOf = asOf;
    }

    static PatientReadings of(long seed, Instant asOf) {
        return new RandomRecords(seed, asOf).record();
    }

    private PatientReadings record() {
        int days = 5 + random.nextInt(85);
        double ill = random.nextInt(4) == 0 ? 0.15 * random.nextDouble() : random.nextDouble();
        ZoneOffset offset = ZoneOffset.ofHours(random.nextInt(4));
        double weight = 60 + 40 * random.nextDouble();
        for (int day = days; day >= 0; day--) {
            if (random.nextInt(40) == 0) {
                offset = ZoneOffset.ofHours(random.nextInt(20) - 9);
            }
            weight += 3 * ill * random.nextDouble();
            for (int i = random.nextInt(4); i > 0; i--) {
                OffsetDateTime at = at(day, offset);
                double rise = ill < 0.3 ? 0.6 * Math.max(0, 28 - day) : 0;
                pressure(
                        at,
                        106 + 84 * ill + rise + 20 * random.nextGaussian(),
                        70 + 40 * ill + 10 * random.nextGaussian());
            }
            for (Measurement measurement : MEASURED) {
                if (random.nextInt(3) > 0) {
                    one(measurement, at(day, offset), ill, weight);
                }
            }
        }
        if (random.nextInt(6) > 0) {
            add("height" + ids++, "1", Codes.BODY_HEIGHT, at(random.nextInt(900), offset), 172, "cm", null, null);
        }
        List<RrSeries> series = new ArrayList<>();
        List<RefusedSeries> refused = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            OffsetDateTime at = at(random.nextInt(days + 1), offset);
            if (random.nextInt(5) == 0) {
                refused.add(new RefusedSeries(version("Observation"), at, "its Binary is empty"));
            } else {
                series.add(series(at, ill > 0.4));
            }
        }
        List<String> withheld = random.nextInt(4) == 0 ? List.of("8302-2") : List.of();
        return new PatientReadings("p", withheld, vitals.size(), List.copyOf(vitals), series, refused, facts(ill));
    }

    private OffsetDateTime at(int daysAgo, ZoneOffset offset) {
        Instant instant = asOf.minus(Duration.ofDays(daysAgo))
                .minusSeconds(60L * random.nextInt(1440))
                .plusSeconds(random.nextInt(200) == 0 ? 90_000 : 0);
        return OffsetDateTime.ofInstant(instant, offset);
    }

    private void pressure(OffsetDateTime at, double systolic, double diastolic) {
        String id = UUID.nameUUIDFromBytes(new byte[] {(byte) ids, (byte) (ids++ >> 8), 1})
                .toString();
        @Nullable String device = random.nextInt(6) == 0 ? Codes.CUFFLESS : Codes.CUFF;
        @Nullable String setting = random.nextInt(8) == 0 ? null : Codes.HOME;
        int copies = random.nextInt(12) == 0 ? 2 + random.nextInt(3) : 1;
        for (int copy = 0; copy < copies; copy++) {
            String version = String.valueOf(1 + random.nextInt(2));
            double more = random.nextInt(2) * copy;
            add(id + copy, version, Codes.SYSTOLIC, at, round(systolic + more), "mm[Hg]", device, setting);
            if (random.nextInt(20) > 0) {
                add(id + copy, version, Codes.DIASTOLIC, at, round(diastolic), "mm[Hg]", device, setting);
            }
        }
    }

    private void one(Measurement measurement, OffsetDateTime at, double ill, double weight) {
        double value =
                switch (measurement) {
                    case HEART_RATE -> ill > 0.8 ? 38 : 60 + 90 * random.nextDouble();
                    case RESTING_HEART_RATE -> 45 + 80 * ill;
                    case BODY_WEIGHT -> random.nextInt(15) == 0 ? weight + 20 : weight;
                    default -> 99 - 14 * ill;
                };
        boolean pounds = measurement == Measurement.BODY_WEIGHT && random.nextInt(5) == 0;
        String unit = random.nextInt(40) == 0 ? "kPa" : pounds ? "[lb_av]" : measurement.unit();
        int copies = random.nextInt(15) == 0 ? 2 + random.nextInt(3) : 1;
        for (int copy = 0; copy < copies; copy++) {
            add(
                    "o" + ids++,
                    "1",
                    measurement.code(),
                    at,
                    (pounds ? value / 0.45359237 : value) + copy * 0.1,
                    unit,
                    null,
                    null);
        }
    }

    private void add(
            String id,
            String version,
            String code,
            OffsetDateTime at,
            double value,
            String unit,
            @Nullable String device,
            @Nullable String setting) {
        String status = random.nextInt(30) == 0 ? "entered-in-error" : "final";
        vitals.add(new VitalReading(id, version, code, at, value, unit, status, device, setting));
    }

    private RrSeries series(OffsetDateTime at, boolean irregular) {
        int beats = 60 + random.nextInt(300);
        int[] intervals = new int[beats];
        for (int i = 0; i < beats; i++) {
            intervals[i] =
                    irregular ? 450 + random.nextInt(650) : (int) (820 + 35 * Math.sin(i / 0.8)) + random.nextInt(12);
            if (random.nextInt(100) == 0) {
                intervals[i] = 3000;
            }
        }
        return new RrSeries(
                version("Observation"),
                List.of(version("DocumentReference"), version("Binary")),
                at,
                at.plusMinutes(5),
                intervals);
    }

    private PatientFacts facts(double ill) {
        if (random.nextInt(4) == 0) {
            return PatientFacts.UNREAD;
        }
        Map<Diagnosis, Set<String>> diagnoses = new HashMap<>();
        Map<DrugClass, Set<String>> drugs = new HashMap<>();
        if (ill > 0.3) {
            String both = version("Condition");
            diagnoses.put(Diagnosis.HEART_FAILURE, new TreeSet<>(Set.of(both, version("Condition"))));
            diagnoses.put(Diagnosis.HYPERTENSION, new TreeSet<>(Set.of(both)));
        }
        if (ill <= 0.3) {
            diagnoses.put(Diagnosis.HYPERTENSION, new TreeSet<>(Set.of(version("Condition"))));
        }
        if (random.nextInt(3) == 0) {
            diagnoses.put(Diagnosis.ATRIAL_FIBRILLATION, new TreeSet<>(Set.of(version("Condition"))));
        }
        if (random.nextInt(3) == 0) {
            diagnoses.put(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE, new TreeSet<>(Set.of(version("Condition"))));
        }
        if (random.nextBoolean()) {
            drugs.put(DrugClass.BETA_BLOCKER, new TreeSet<>(Set.of(version("MedicationRequest"))));
        }
        Recorded<DrugClass> taken = random.nextBoolean()
                ? Recorded.of(drugs)
                : new Recorded<>(drugs, "The record names a drug without an ATC code, which may be any.");
        if (random.nextInt(4) == 0) {
            diagnoses.put(Diagnosis.STROKE, new TreeSet<>(Set.of(version("Condition"))));
        }
        LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        List<LaboratoryValue> laboratory = new ArrayList<>();
        laboratory(laboratory, LaboratoryCodes.CHOLESTEROL_MASS, 150 + 150 * random.nextDouble(), "mg/dL");
        laboratory(laboratory, LaboratoryCodes.HDL_CHOLESTEROL, 0.8 + random.nextDouble(), "mmol/L");
        laboratory(laboratory, LaboratoryCodes.CREATININE, 60 + 300 * ill, "umol/L");
        laboratory(laboratory, Codes.EJECTION_FRACTION, 60 - 45 * ill, "%");
        laboratory(laboratory, LaboratoryCodes.FASTING_GLUCOSE, 5 + 4 * random.nextDouble(), "mmol/L");
        laboratory(laboratory, Codes.CHEST_PAIN_TYPE, 1 + random.nextInt(4), "1", 120);
        laboratory(laboratory, Codes.EXERCISE_ANGINA, random.nextInt(2), "1");
        laboratory(laboratory, Codes.EXERCISE_ST_DEPRESSION, 0.4 * random.nextDouble(), "mV");
        laboratory(laboratory, Codes.MAXIMAL_EXERCISE_HEART_RATE, 90 + random.nextInt(90), "/min");
        if (random.nextInt(8) == 0) {
            diagnoses.put(Diagnosis.CORONARY_DISEASE, new TreeSet<>(Set.of(version("Condition"))));
        }
        boolean known = random.nextInt(20) > 0;
        return new PatientFacts(
                known ? version("Patient") : null,
                known ? day.minusDays(15_000 + random.nextInt(18_000)) : null,
                known ? (random.nextBoolean() ? Sex.MALE : Sex.FEMALE) : null,
                known ? "DE" : null,
                Recorded.of(diagnoses),
                diagnoses.containsKey(Diagnosis.HEART_FAILURE) ? day.minusDays(random.nextInt(2_000)) : null,
                taken,
                laboratory,
                new Dated<>(
                        random.nextBoolean() ? Smoking.CURRENT : Smoking.NEVER,
                        day.minusDays(random.nextInt(740)),
                        version("Observation")),
                new Dated<>(2 + random.nextInt(3), day.minusDays(random.nextInt(370)), version("Observation")),
                limits(),
                adherence(drugs, day));
    }

    /** Of the drugs, new and stale, some not computable; of a drug that the record does not name; and of an order. */
    private List<AdherenceFigure> adherence(Map<DrugClass, Set<String>> drugs, LocalDate day) {
        List<String> prescriptions = new ArrayList<>(List.of("MedicationRequest/other/_history/1"));
        drugs.values().forEach(prescriptions::addAll);
        List<AdherenceFigure> figures = new ArrayList<>();
        for (String prescription : prescriptions) {
            String asked = prescription.substring(0, prescription.indexOf("/_history/"));
            figures.add(figure(Codes.DAYS_COVERED, asked, List.of(), day.minusDays(random.nextInt(20))));
        }
        List<String> measured =
                vitals.stream().map(VitalReading::observation).limit(12).toList();
        figures.add(figure(Codes.MEASUREMENTS_KEPT, "ServiceRequest/order", measured, day.minusDays(3)));
        return figures;
    }

    private AdherenceFigure figure(String code, String asked, List<String> madeOf, LocalDate to) {
        @Nullable Double percent = random.nextInt(4) == 0 ? null : round(100 * random.nextDouble());
        return new AdherenceFigure(code, List.of(asked), madeOf, to.minusDays(27), to, percent, version("Observation"));
    }

    private PersonalLimits limits() {
        PersonalLimits limits = PersonalLimits.NONE;
        for (int goals = random.nextInt(3); goals > 0; goals--) {
            String goal = version("Goal");
            limits = limits.and(new PersonalLimits(List.of(
                    new Limit(Codes.SYSTOLIC, null, 140.0 + random.nextInt(60), goal),
                    new Limit(Codes.RESTING_HEART_RATE, 40.0 + random.nextInt(15), 90.0 + random.nextInt(40), goal))));
        }
        return limits;
    }

    private void laboratory(List<LaboratoryValue> values, String loinc, double value, String unit) {
        laboratory(values, loinc, value, unit, 400);
    }

    private void laboratory(List<LaboratoryValue> values, String loinc, double value, String unit, int longestDays) {
        if (random.nextInt(30) > 0) {
            LocalDate on = LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusDays(random.nextInt(longestDays));
            values.add(new LaboratoryValue(
                    loinc, on, value, random.nextInt(40) == 0 ? "g/L" : unit, version("Observation")));
        }
    }

    private String version(String type) {
        return type + "/" + "x" + ids++ + "/_history/" + (1 + random.nextInt(3));
    }

    private static double round(double value) {
        return Math.rint(value * 10) / 10;
    }
}
