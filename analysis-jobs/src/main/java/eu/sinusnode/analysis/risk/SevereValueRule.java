package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.feature.FeatureWindow;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.risk.SevereCriterion.Beyond;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Values that do not wait: a cuff's pressure of 180 systolic or 110 diastolic or more (ESC 2024), an oxygen saturation below
 * 90 % (85 % with chronic obstructive lung disease in the record, whose target is 88 to 92 %), a heart rate below 40, a resting heart rate above 130 (the outermost bands of NEWS2, used here as limits and not as
 * a score). In the 24 hours up to the newest value of each measurement, which is of the run's day or the two before.
 *
 * <p>Two values beyond a limit are a high likelihood; a single one of pressure or saturation is a moderate one, to be
 * measured again. A single heart rate is more often an artefact and raises nothing. A rate above 130 while the heart is at
 * work is none of these: only the resting heart rate is known to be at rest. When none of these is raised, a pressure of
 * that height from a device that is not known to be a cuff asks for a measurement with one ({@link UnconfirmedPressure}).
 */
public final class SevereValueRule implements RiskModel {

    static final Duration LOOKED_AT = Duration.ofHours(24);
    static final int STALE_DAYS = 2;

    private static final Duration DECIDE_WITHIN = Duration.ofDays(1);

    private static final ModelIdentity IDENTITY =
            new ModelIdentity(Codes.SEVERE_VITAL_VALUE, "severe-vital-value", "1.1.0", "Severe vital values", null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(
                        Measurement.SYSTOLIC,
                        Measurement.DIASTOLIC,
                        Measurement.OXYGEN_SATURATION,
                        Measurement.HEART_RATE,
                        Measurement.RESTING_HEART_RATE)
                .with(FactKind.DIAGNOSES, FactKind.LIMITS);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        FeatureWindow window = features.recent();
        List<Beyond> looked = new ArrayList<>();
        List<Sample> all = new ArrayList<>();
        for (SevereCriterion criterion : SevereCriterion.all(features.facts())) {
            List<Sample> samples = RecentSeries.samples(window, criterion.measurement(), LOOKED_AT);
            if (!samples.isEmpty() && !new RecentSeries(samples).isOlderThan(STALE_DAYS, window.lastDay())) {
                all.addAll(samples);
                looked.add(new Beyond(
                        criterion,
                        samples.stream()
                                .filter(sample -> criterion.isBeyond(sample.value()))
                                .toList()));
            }
        }
        List<Beyond> raised = looked.stream().filter(Beyond::isRaised).toList();
        if (!raised.isEmpty()) {
            return new RiskResult.Raised(IDENTITY, finding(raised, all, features));
        }
        Optional<UnconfirmedPressure> unconfirmed = UnconfirmedPressure.of(features, STALE_DAYS);
        if (unconfirmed.isPresent()) {
            return new RiskResult.Raised(IDENTITY, unconfirmed.get().finding(features, DECIDE_WITHIN));
        }
        return all.isEmpty()
                ? new RiskResult.NotComputable(
                        IDENTITY,
                        "There is no cuff pressure, oxygen saturation or heart rate of the run's day or the two before it."
                                + Withheld.sentence(features.withheld())
                                        .map(sentence -> " " + sentence)
                                        .orElse(""))
                : new RiskResult.Clear(IDENTITY, clear(looked));
    }

    private static String clear(List<Beyond> looked) {
        List<String> single = looked.stream()
                .filter(beyond -> !beyond.samples().isEmpty())
                .map(beyond -> String.format(
                        Locale.ROOT,
                        " One %s of %.0f stands alone.",
                        beyond.criterion().words(),
                        beyond.worst()))
                .toList();
        return "No value of the last 24 hours of measurement is severe." + String.join("", single);
    }

    private static Finding finding(List<Beyond> raised, List<Sample> all, PatientFeatures features) {
        boolean confirmed = raised.stream().anyMatch(beyond -> beyond.samples().size() > 1);
        FindingDraft draft = confirmed ? FindingDraft.high() : FindingDraft.moderate();
        for (Beyond beyond : raised) {
            SevereCriterion criterion = beyond.criterion();
            draft.figure(Figure.of(
                            "Worst " + criterion.words(),
                            criterion.measurement().code(),
                            beyond.worst(),
                            0,
                            criterion.measurement().unit()))
                    .figure(Figure.count(
                            "Values of " + criterion.words() + " beyond the limit",
                            beyond.samples().size(),
                            "1"))
                    .reason(String.format(
                            Locale.ROOT,
                            "%d value(s) of %s %s %.0f %s, the worst %.0f.",
                            beyond.samples().size(),
                            criterion.words(),
                            criterion.above() ? "beyond" : "below",
                            criterion.limit(),
                            criterion.measurement().unit(),
                            beyond.worst()))
                    .telling(beyond.samples().stream()
                            .map(Sample::reference)
                            .limit(6)
                            .toList());
        }
        String[] beyond =
                raised.stream().map(one -> one.criterion().measurement().code()).toArray(String[]::new);
        features.facts().limits().sentence(beyond).ifPresent(draft::reason);
        draft.inputs(all.stream().map(Sample::reference).toList())
                .inputs(features.facts()
                        .limits()
                        .references(
                                Codes.SYSTOLIC,
                                Codes.DIASTOLIC,
                                Codes.OXYGEN_SATURATION,
                                Codes.HEART_RATE,
                                Codes.RESTING_HEART_RATE))
                .missing(Withheld.sentence(features.withheld()).stream().toList());
        List<Sample> byTime = all.stream()
                .sorted(Comparator.comparing(sample -> sample.at().toInstant()))
                .toList();
        return draft.of(
                byTime.get(0).at(),
                byTime.get(byTime.size() - 1).at(),
                "A clinician decides, on the same day: whether it is an emergency depends on complaints, which these values do"
                        + " not show.",
                DECIDE_WITHIN,
                words(raised, confirmed));
    }

    private static Words words(List<Beyond> raised, boolean confirmed) {
        String english = String.join(
                ", ",
                raised.stream()
                        .map(beyond -> value(beyond, beyond.criterion().words()))
                        .toList());
        String german = String.join(
                ", ",
                raised.stream()
                        .map(beyond -> value(beyond, beyond.criterion().german()))
                        .toList());
        return new Words(
                new Sentence(
                        (confirmed ? "Severe values, more than once in 24 hours: " : "A single severe value: ")
                                + english + ".",
                        (confirmed ? "Kritische Werte, mehrfach in 24 Stunden: " : "Ein einzelner kritischer Wert: ")
                                + german + "."),
                new Sentence(
                        "One of your values was far outside the usual range. Rest for five minutes and measure again. With chest"
                                + " pain, breathlessness, fainting, weakness or trouble speaking call 112 at once.",
                        "Einer Ihrer Werte lag weit außerhalb des üblichen Bereichs. Ruhen Sie fünf Minuten und messen Sie noch"
                                + " einmal. Bei Brustschmerz, Atemnot, Ohnmacht, Lähmung oder Sprachstörung rufen Sie"
                                + " sofort 112."));
    }

    private static String value(Beyond beyond, String words) {
        return String.format(
                Locale.ROOT,
                "%s %.0f %s",
                words,
                beyond.worst(),
                beyond.criterion().measurement().unit());
    }
}
