package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.feature.Statistics;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A resting heart rate that stays low or high: the median of the days' means of the seven days up to the newest one, of at
 * least three days. Low is below 50/min, high above 100/min; with known atrial fibrillation above 110/min (lenient control,
 * ESC 2024). A clinician's limits for the patient come before these. Heart rates that are not stated as resting are not
 * used: nobody knows that they are at rest.
 */
public final class RestingHeartRateRule implements RiskModel {

    static final int LEAST_DAYS = 3;
    static final int STALE_DAYS = 7;
    static final double LOW = 50;
    static final double HIGH = 100;
    static final double HIGH_IN_FIBRILLATION = 110;

    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final List<DrugClass> SLOWING = List.of(DrugClass.BETA_BLOCKER, DrugClass.OTHER_SLOWING_DRUG);
    private static final ModelIdentity IDENTITY = new ModelIdentity(
            Codes.RESTING_HEART_RATE_OUT_OF_RANGE,
            "resting-heart-rate",
            "1.0.0",
            "Bradycardia and tachycardia at rest",
            null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.RESTING_HEART_RATE)
                .with(FactKind.DIAGNOSES, FactKind.DRUGS, FactKind.LIMITS);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        RecentSeries series =
                new RecentSeries(RecentSeries.samples(features.recent(), Measurement.RESTING_HEART_RATE, LOOKED_AT));
        if (series.samples().isEmpty()) {
            return notComputable(
                    features.withheld().contains(Codes.RESTING_HEART_RATE)
                            ? "Resting heart rate is withheld: the patient's consent does not open it to automated analysis."
                            : "There is no resting heart rate of the last 28 days; other heart rates are not known to be at"
                                    + " rest.");
        }
        if (series.isOlderThan(STALE_DAYS, features.recent().lastDay())) {
            return notComputable("The newest resting heart rate is of %s; it is older than seven days."
                    .formatted(series.newestDay()));
        }
        double[] days = series.daily().dayMeans();
        if (days.length < LEAST_DAYS) {
            return notComputable("Resting heart rates are there for %d day(s) in the seven up to %s; %d are needed."
                    .formatted(days.length, series.newestDay(), LEAST_DAYS));
        }
        double rate = Statistics.median(days);
        PatientFacts facts = features.facts();
        double low = facts.limits().low(Codes.RESTING_HEART_RATE, LOW);
        double high = facts.limits()
                .high(
                        Codes.RESTING_HEART_RATE,
                        facts.diagnoses().has(Diagnosis.ATRIAL_FIBRILLATION) ? HIGH_IN_FIBRILLATION : HIGH);
        String seen = String.format(
                Locale.ROOT,
                "The median resting heart rate of %d days up to %s is %.0f/min.",
                days.length,
                series.newestDay(),
                rate);
        return rate < low || rate > high
                ? new RiskResult.Raised(IDENTITY, finding(series, rate, rate < low ? low : high, seen, features))
                : new RiskResult.Clear(IDENTITY, seen);
    }

    private static Finding finding(
            RecentSeries series, double rate, double limit, String seen, PatientFeatures features) {
        PatientFacts facts = features.facts();
        List<DrugClass> slowing = facts.drugs().of(SLOWING);
        FindingDraft draft = FindingDraft.moderate()
                .figure(Figure.of("Median resting heart rate", Codes.RESTING_HEART_RATE, rate, 0, "/min"))
                .figure(Figure.count(
                        "Days with resting heart rates", series.daily().days().size(), "d"))
                .reason(seen)
                .reason(String.format(
                        Locale.ROOT,
                        "It is flagged because it is %s %.0f/min.",
                        rate < limit ? "below" : "above",
                        limit));
        if (!slowing.isEmpty()) {
            draft.reason("The record names "
                    + slowing.stream().map(DrugClass::english).collect(Collectors.joining(" and "))
                    + ", which slows the heart.");
        }
        facts.limits().sentence(Codes.RESTING_HEART_RATE).ifPresent(draft::reason);
        return draft.missing(missing(features))
                .telling(series.references().stream().limit(7).toList())
                .inputs(series.references())
                .inputs(facts.drugs().references(DrugClass.BETA_BLOCKER, DrugClass.OTHER_SLOWING_DRUG))
                .inputs(facts.diagnoses().references(Diagnosis.ATRIAL_FIBRILLATION))
                .inputs(facts.limits().references(Codes.RESTING_HEART_RATE))
                .of(
                        series.start(),
                        series.end(),
                        "A clinician decides: training, fever, pain and medication move the resting heart rate, and only an"
                                + " ECG shows the rhythm.",
                        Duration.ofDays(7),
                        words(rate, rate < limit, slowing));
    }

    private static List<String> missing(PatientFeatures features) {
        List<String> missing = new ArrayList<>();
        if (!features.facts().drugs().isRead()) {
            missing.add("Whether a drug that slows the heart is taken is not known to the rule.");
        }
        if (!features.facts().diagnoses().isRead()) {
            missing.add("Whether atrial fibrillation is known, with its wider limit, is not known to the rule.");
        }
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        return missing;
    }

    private static Words words(double rate, boolean low, List<DrugClass> slowing) {
        String with = slowing.isEmpty()
                ? ""
                : " with " + slowing.stream().map(DrugClass::english).collect(Collectors.joining(" and "));
        String mit = slowing.isEmpty()
                ? ""
                : " unter " + slowing.stream().map(DrugClass::german).collect(Collectors.joining(" und "));
        return new Words(
                new Sentence(
                        String.format(
                                Locale.ROOT, "Resting heart rate %s, %.0f/min%s.", low ? "low" : "high", rate, with),
                        String.format(
                                Locale.ROOT, "Ruheherzfrequenz %s, %.0f/min%s.", low ? "niedrig" : "hoch", rate, mit)),
                new Sentence(
                        "Your heart beats %s at rest than is usual. Your clinic looks at it. With dizziness, fainting or breathlessness"
                                        .formatted(low ? "slower" : "faster")
                                + " call your clinic today. Do not change your medication yourself.",
                        "Ihr Herz schlägt in Ruhe %s als üblich. Ihre Klinik sieht es sich an. Bei Schwindel, Ohnmacht oder Atemnot"
                                        .formatted(low ? "langsamer" : "schneller")
                                + " rufen Sie Ihre Klinik noch heute an. Ändern Sie Ihre Medikamente nicht selbst."));
    }

    private static RiskResult notComputable(String reason) {
        return new RiskResult.NotComputable(IDENTITY, reason);
    }
}
