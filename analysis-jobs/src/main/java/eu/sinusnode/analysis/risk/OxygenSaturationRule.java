package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.feature.Statistics;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An oxygen saturation that stays low: the median of the days' means of the seven days up to the newest one, of at least
 * three days. Below 92 %; with chronic obstructive lung disease in the record below 88 %, the lower end of its target range
 * of 88 to 92 % (BTS guideline on oxygen). A clinician's limit for the patient comes before these.
 */
public final class OxygenSaturationRule implements RiskModel {

    static final int LEAST_DAYS = 3;
    static final int STALE_DAYS = 7;
    static final double LOW = 92;
    static final double LOW_IN_LUNG_DISEASE = 88;

    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final ModelIdentity IDENTITY =
            new ModelIdentity(Codes.LOW_OXYGEN_SATURATION, "oxygen-saturation", "1.0.0", "Low oxygen saturation", null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.OXYGEN_SATURATION).with(FactKind.DIAGNOSES, FactKind.LIMITS);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        RecentSeries series =
                new RecentSeries(RecentSeries.samples(features.recent(), Measurement.OXYGEN_SATURATION, LOOKED_AT));
        if (series.samples().isEmpty()) {
            return notComputable(
                    features.withheld().contains(Codes.OXYGEN_SATURATION)
                            ? "Oxygen saturation is withheld: the patient's consent does not open it to automated analysis."
                            : "There is no usable oxygen saturation of the last 28 days.");
        }
        if (series.isOlderThan(STALE_DAYS, features.recent().lastDay())) {
            return notComputable("The newest oxygen saturation is of %s; it is older than seven days."
                    .formatted(series.newestDay()));
        }
        double[] days = series.daily().dayMeans();
        if (days.length < LEAST_DAYS) {
            return notComputable("Oxygen saturations are there for %d day(s) in the seven up to %s; %d are needed."
                    .formatted(days.length, series.newestDay(), LEAST_DAYS));
        }
        double saturation = Statistics.median(days);
        double limit = limit(features.facts());
        String seen = String.format(
                Locale.ROOT,
                "The median oxygen saturation of %d days up to %s is %.1f %%.",
                days.length,
                series.newestDay(),
                saturation);
        return saturation < limit
                ? new RiskResult.Raised(IDENTITY, finding(series, saturation, limit, seen, features))
                : new RiskResult.Clear(IDENTITY, seen);
    }

    private static double limit(PatientFacts facts) {
        boolean lungDisease = facts.diagnoses().has(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE);
        return facts.limits().low(Codes.OXYGEN_SATURATION, lungDisease ? LOW_IN_LUNG_DISEASE : LOW);
    }

    private static Finding finding(
            RecentSeries series, double saturation, double limit, String seen, PatientFeatures features) {
        PatientFacts facts = features.facts();
        List<String> missing = new ArrayList<>();
        if (!facts.diagnoses().isRead()) {
            missing.add(
                    "Whether a chronic lung disease with a target of 88 to 92 % is known is not known to the rule.");
        }
        missing.add("Whether oxygen is given is not known to the rule.");
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        FindingDraft draft = FindingDraft.moderate()
                .figure(Figure.of("Median oxygen saturation", Codes.OXYGEN_SATURATION, saturation, 1, "%"))
                .figure(Figure.count(
                        "Days with oxygen saturations", series.daily().days().size(), "d"))
                .reason(seen)
                .reason(String.format(Locale.ROOT, "It is flagged because it is below %.0f %%.", limit));
        facts.limits().sentence(Codes.OXYGEN_SATURATION).ifPresent(draft::reason);
        return draft.missing(missing)
                .telling(series.references().stream().limit(7).toList())
                .inputs(series.references())
                .inputs(facts.diagnoses().references(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE))
                .inputs(facts.limits().references(Codes.OXYGEN_SATURATION))
                .of(
                        series.start(),
                        series.end(),
                        "A clinician decides: cold hands, nail varnish, movement and dark skin shift what an oximeter shows, and"
                                + " below 70 % it is not made to measure.",
                        Duration.ofDays(1),
                        words(saturation));
    }

    private static Words words(double saturation) {
        return new Words(
                new Sentence(
                        String.format(Locale.ROOT, "Oxygen saturation stays low, median %.1f %%.", saturation),
                        String.format(
                                Locale.GERMANY, "Sauerstoffsättigung bleibt niedrig, Median %.1f %%.", saturation)),
                new Sentence(
                        "The oxygen in your blood has been lower than usual for some days. Your clinic looks at it. If you are"
                                + " short of breath at rest, call 112.",
                        "Der Sauerstoff in Ihrem Blut ist seit einigen Tagen niedriger als üblich. Ihre Klinik sieht es sich an."
                                + " Bei Atemnot in Ruhe rufen Sie 112."));
    }

    private static RiskResult notComputable(String reason) {
        return new RiskResult.NotComputable(IDENTITY, reason);
    }
}
