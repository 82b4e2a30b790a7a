package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Home blood pressure category, ESC 2024 home thresholds. Cuff readings taken at home in the 28 days up to the newest
 * one; at least three days with readings; the first day is left out and the rest averaged; the worse of systolic and
 * diastolic decides.
 *
 * <p>Severe means a mean of 180/110 mm[Hg] or more, or at least two such readings on the newest day: a mean over four
 * weeks must not hide today. Hypertension and severe raise a flag, whatever is recorded of the treatment; what was covered of
 * it ({@link PressureTreatment}) stands beside.
 */
public final class HomeBloodPressureRule implements RiskModel {

    static final int MINIMUM_DAYS = 3;

    private static final int SEVERE_READINGS_TODAY = 2;
    private static final int TELLING = 12;
    private static final Set<String> PRESSURES = Set.of(Codes.SYSTOLIC, Codes.DIASTOLIC);
    private static final ModelIdentity IDENTITY = new ModelIdentity(
            Codes.HOME_BLOOD_PRESSURE_CATEGORY,
            "home-blood-pressure-esc-2024",
            "1.2.0",
            "Home blood pressure category, ESC 2024",
            null);

    private record Assessment(
            List<BloodPressureReading> used,
            int days,
            double systolic,
            double diastolic,
            int severeReadings,
            int severeToday,
            HomeBloodPressureCategory category) {}

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.SYSTOLIC, Measurement.DIASTOLIC).with(FactKind.COVERED_ANTIHYPERTENSIVES);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        BloodPressureWindow window = features.bloodPressure();
        if (window.readings().isEmpty()) {
            return notComputable(
                    Withheld.bloodPressure(features.withheld())
                            ? "Blood pressure is withheld: the patient's consent does not open it to automated analysis."
                            : "There is no blood pressure reading of a cuff taken at home." + excluded(window, " ")
                                    + PlannedMeasurements.kept(features, PRESSURES));
        }
        OffsetDateTime newest =
                window.readings().get(window.readings().size() - 1).effective();
        if (window.stale()) {
            return notComputable("The newest cuff reading taken at home is of %s; it is older than 28 days."
                    .formatted(newest.toLocalDate()));
        }
        long days = window.readings().stream()
                .map(BloodPressureReading::day)
                .distinct()
                .count();
        if (days < MINIMUM_DAYS) {
            long severe = window.readings().stream()
                    .filter(BloodPressureReading::isSevere)
                    .count();
            return notComputable(("Cuff readings taken at home are there for %d day(s) in the 28 days up to %s; %d are"
                            + " needed.%s%s")
                    .formatted(
                            days,
                            newest.toLocalDate(),
                            MINIMUM_DAYS,
                            severeNote(severe),
                            PlannedMeasurements.kept(features, PRESSURES)));
        }
        Assessment assessment = assess(window.readings(), (int) days);
        String seen = seen(assessment);
        return assessment.category().isRaised()
                ? new RiskResult.Raised(IDENTITY, finding(assessment, features, seen))
                : new RiskResult.Clear(IDENTITY, seen);
    }

    private static Assessment assess(List<BloodPressureReading> readings, int days) {
        LocalDate firstDay = readings.stream()
                .map(BloodPressureReading::day)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDate newestDay = readings.stream()
                .map(BloodPressureReading::day)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<BloodPressureReading> used = readings.stream()
                .filter(reading -> !reading.day().equals(firstDay))
                .toList();
        double systolic = used.stream()
                .mapToDouble(BloodPressureReading::systolic)
                .average()
                .orElseThrow();
        double diastolic = used.stream()
                .mapToDouble(BloodPressureReading::diastolic)
                .average()
                .orElseThrow();
        List<BloodPressureReading> severe =
                used.stream().filter(BloodPressureReading::isSevere).toList();
        int severeToday = (int) severe.stream()
                .filter(reading -> reading.day().equals(newestDay))
                .count();
        HomeBloodPressureCategory category = severeToday >= SEVERE_READINGS_TODAY
                ? HomeBloodPressureCategory.SEVERE
                : HomeBloodPressureCategory.of(systolic, diastolic);
        return new Assessment(used, days, systolic, diastolic, severe.size(), severeToday, category);
    }

    private static Finding finding(Assessment assessment, PatientFeatures features, String seen) {
        BloodPressureWindow window = features.bloodPressure();
        PressureTreatment treatment = PressureTreatment.of(features);
        boolean severe = assessment.category() == HomeBloodPressureCategory.SEVERE;
        List<BloodPressureReading> used = assessment.used();
        List<String> missing = new ArrayList<>();
        if (!window.excluded().isEmpty()) {
            missing.add(excluded(window, "").strip());
        }
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        return new Finding(
                Canonicals.BLOOD_PRESSURE_CATEGORIES,
                assessment.category().code(),
                assessment.category().display(),
                severe ? "HH" : "H",
                used.get(0).effective(),
                used.get(used.size() - 1).effective(),
                figures(assessment),
                Stream.concat(Stream.of(seen, why(assessment)), treatment.reasons().stream())
                        .toList(),
                missing,
                severe
                        ? "A clinician decides, on the same day: severe pressure is an emergency only together with acute"
                                + " organ damage, which these readings cannot show."
                        : "A clinician decides: home readings are one part of the diagnosis, and the category takes no"
                                + " account of pregnancy, frailty or treatment.",
                Duration.ofDays(severe ? 1 : 14),
                Stream.concat(telling(assessment).stream(), treatment.figures().stream())
                        .toList(),
                inputs(used, treatment),
                words(assessment));
    }

    private static SortedSet<String> inputs(List<BloodPressureReading> used, PressureTreatment treatment) {
        SortedSet<String> inputs = new TreeSet<>(treatment.prescriptions());
        inputs.addAll(treatment.figures());
        used.forEach(reading -> inputs.add(reading.reference()));
        return inputs;
    }

    private static Words words(Assessment assessment) {
        boolean severe = assessment.category() == HomeBloodPressureCategory.SEVERE;
        return new Words(
                new Sentence(
                        String.format(
                                Locale.ROOT,
                                "Home blood pressure %s, mean %.0f/%.0f mm[Hg].",
                                severe ? "severe" : "in the range of hypertension",
                                assessment.systolic(),
                                assessment.diastolic()),
                        String.format(
                                Locale.ROOT,
                                "Blutdruck zu Hause %s, Mittel %.0f/%.0f mmHg.",
                                severe ? "kritisch" : "im Bereich der Hypertonie",
                                assessment.systolic(),
                                assessment.diastolic())),
                severe
                        ? new Sentence(
                                "Your blood pressure is very high. Rest for five minutes and measure again. Your clinic looks at it"
                                        + " today. With chest pain, breathlessness, weakness or trouble speaking call 112.",
                                "Ihr Blutdruck ist sehr hoch. Ruhen Sie fünf Minuten und messen Sie noch einmal. Ihre Klinik"
                                        + " sieht es sich heute an. Bei Brustschmerz, Atemnot, Lähmung oder"
                                        + " Sprachstörung rufen Sie 112.")
                        : new Sentence(
                                "Your blood pressure at home is higher than it should be. Your clinic looks at it. Go on measuring and"
                                        + " do not change your medication yourself.",
                                "Ihr Blutdruck zu Hause ist höher, als er sein soll. Ihre Klinik sieht es sich an. Messen Sie"
                                        + " weiter und ändern Sie Ihre Medikamente nicht selbst."));
    }

    private static List<Figure> figures(Assessment assessment) {
        return List.of(
                Figure.of("Mean systolic", Codes.SYSTOLIC, assessment.systolic(), 1, "mm[Hg]"),
                Figure.of("Mean diastolic", Codes.DIASTOLIC, assessment.diastolic(), 1, "mm[Hg]"),
                Figure.count("Readings averaged", assessment.used().size(), "1"),
                Figure.count("Days with readings, the first left out", assessment.days() - 1L, "d"),
                Figure.count("Readings of 180/110 or more", assessment.severeReadings(), "1"));
    }

    /** The highest readings, by systolic pressure and then by time; the newest day's severe ones are among them. */
    private static List<String> telling(Assessment assessment) {
        return assessment.used().stream()
                .sorted(Comparator.comparing(BloodPressureReading::isSevere)
                        .thenComparing(BloodPressureReading::systolic)
                        .thenComparing(BloodPressureReading::diastolic)
                        .thenComparing(reading -> reading.effective().toInstant())
                        .thenComparing(BloodPressureReading::reference)
                        .reversed())
                .limit(TELLING)
                .map(BloodPressureReading::reference)
                .toList();
    }

    private static String seen(Assessment assessment) {
        List<BloodPressureReading> used = assessment.used();
        return String.format(
                Locale.ROOT,
                "The mean home blood pressure is %.1f/%.1f mm[Hg]: %d cuff readings on %d days from %s to %s, the first"
                        + " day left out.%s",
                assessment.systolic(),
                assessment.diastolic(),
                used.size(),
                assessment.days() - 1,
                used.get(0).day(),
                used.get(used.size() - 1).day(),
                severeNote(assessment.severeReadings()));
    }

    private static String why(Assessment assessment) {
        HomeBloodPressureCategory category = assessment.category();
        HomeBloodPressureCategory ofMean = HomeBloodPressureCategory.of(assessment.systolic(), assessment.diastolic());
        if (category != ofMean) {
            return "It is called severe because %d readings of the newest day are 180/110 mm[Hg] or more."
                    .formatted(assessment.severeToday());
        }
        boolean systolic = assessment.systolic() >= category.systolicFrom();
        boolean diastolic = assessment.diastolic() >= category.diastolicFrom();
        String which = systolic && diastolic ? "both pressures are" : systolic ? "the systolic is" : "the diastolic is";
        return "It is called %s because %s at or above the ESC 2024 home threshold of %d/%d mm[Hg]; the worse decides."
                .formatted(category.code(), which, category.systolicFrom(), category.diastolicFrom());
    }

    private static String severeNote(long severe) {
        return severe == 0 ? "" : " %d reading(s) of 180/110 mm[Hg] or more are among them.".formatted(severe);
    }

    private static String excluded(BloodPressureWindow window, String lead) {
        return window.notCounted().map(sentence -> lead + sentence).orElse("");
    }

    private static RiskResult notComputable(String reason) {
        return new RiskResult.NotComputable(IDENTITY, reason);
    }
}
