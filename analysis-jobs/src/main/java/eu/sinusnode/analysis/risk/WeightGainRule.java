package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.feature.FeatureValue;
import eu.sinusnode.analysis.feature.FeatureWindow;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.feature.WeightChange;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A gain of more than 2 kg within three days, as the ESC's advice for heart failure has it: fluid that is held back. The
 * latest weight against the lowest of the 72 hours before it, on at least two days; the latest is of the run's day or the
 * two before. For people with heart failure in their record, and, when the record was not read, for whoever is weighed.
 */
public final class WeightGainRule implements RiskModel {

    static final double LIMIT_KG = 2;
    static final Duration LOOKED_AT = Duration.ofDays(3);
    static final int STALE_DAYS = 2;

    private static final ModelIdentity IDENTITY = new ModelIdentity(
            Codes.HEART_FAILURE_WEIGHT_GAIN,
            "heart-failure-weight-gain",
            "1.0.0",
            "Weight gain in heart failure",
            null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.BODY_WEIGHT).with(FactKind.DIAGNOSES);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        if (features.facts().diagnoses().isRead()
                && !features.facts().diagnoses().has(Diagnosis.HEART_FAILURE)) {
            return new RiskResult.NotApplicable(IDENTITY, "The record names no heart failure.");
        }
        FeatureWindow window = features.recent();
        List<Sample> samples = window.of(Measurement.BODY_WEIGHT).samples();
        if (samples.isEmpty()) {
            return notComputable(
                    features.withheld().contains(Codes.BODY_WEIGHT)
                            ? "Body weight is withheld: the patient's consent does not open it to automated analysis."
                            : "There is no usable body weight of the last 28 days."
                                    + PlannedMeasurements.kept(features, Set.of(Codes.BODY_WEIGHT)));
        }
        RecentSeries series = new RecentSeries(samples);
        if (series.isOlderThan(STALE_DAYS, window.lastDay())) {
            return notComputable(
                    "The newest body weight is of %s; it is older than two days.".formatted(series.newestDay()));
        }
        FeatureValue gain = WeightChange.of(window.of(Measurement.BODY_WEIGHT), LOOKED_AT);
        if (gain instanceof FeatureValue.NotComputable reason) {
            return notComputable("The gain of body weight cannot be told: " + reason.reason() + "."
                    + PlannedMeasurements.kept(features, Set.of(Codes.BODY_WEIGHT)));
        }
        double kg = ((FeatureValue.Computed) gain).value();
        String seen = String.format(
                Locale.ROOT,
                "The body weight of %s is %.1f kg above the lowest of the three days before.",
                series.newestDay(),
                kg);
        // Scales tell a tenth of a kilogram: 2.0 as a difference of two of them is not more than 2.
        return Math.round(kg * 100) / 100.0 > LIMIT_KG
                ? new RiskResult.Raised(IDENTITY, finding(kg, seen, features))
                : new RiskResult.Clear(IDENTITY, seen);
    }

    private static Finding finding(double kg, String seen, PatientFeatures features) {
        List<Sample> looked = RecentSeries.samples(features.recent(), Measurement.BODY_WEIGHT, LOOKED_AT.plusNanos(1));
        Sample latest = looked.get(looked.size() - 1);
        List<String> missing = new ArrayList<>();
        if (!features.facts().diagnoses().isRead()) {
            missing.add("Whether the patient has heart failure is not known to the rule.");
        }
        missing.add("Breathlessness and swelling were not asked for.");
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        return FindingDraft.high()
                .figure(Figure.of("Weight gained in three days", kg, 1, "kg"))
                .figure(Figure.of("Latest weight", Codes.BODY_WEIGHT, latest.value(), 1, "kg"))
                .figure(Figure.count("Weights looked at", looked.size(), "1"))
                .reason(seen)
                .reason("It is flagged because it is more than 2 kg within three days (ESC, heart failure).")
                .missing(missing)
                .telling(looked.stream().map(Sample::reference).limit(12).toList())
                .inputs(features.facts().diagnoses().references(Diagnosis.HEART_FAILURE))
                .of(
                        looked.get(0).at(),
                        latest.at(),
                        "A clinician decides, by the next working day: weight alone does not tell fluid from food, clothes"
                                + " or another scale.",
                        Duration.ofDays(1),
                        words(kg));
    }

    private static Words words(double kg) {
        return new Words(
                new Sentence(
                        String.format(Locale.ROOT, "Weight gain of %.1f kg in three days.", kg),
                        String.format(Locale.GERMANY, "Gewichtszunahme von %.1f kg in drei Tagen.", kg)),
                new Sentence(
                        "Your weight has risen quickly. That can be water in the body. Your clinic looks at it; if you are short"
                                + " of breath or your legs swell, call your clinic today.",
                        "Ihr Gewicht ist schnell gestiegen. Das kann Wasser im Körper sein. Ihre Klinik sieht es sich an; bei"
                                + " Atemnot oder geschwollenen Beinen rufen Sie Ihre Klinik noch heute an."));
    }

    private static RiskResult notComputable(String reason) {
        return new RiskResult.NotComputable(IDENTITY, reason);
    }
}
