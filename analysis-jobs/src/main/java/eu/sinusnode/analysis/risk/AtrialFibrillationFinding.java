package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.rhythm.RhythmFeature;
import eu.sinusnode.analysis.rhythm.RrStatistics;
import eu.sinusnode.analysis.rhythm.RrWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The reasons for suspecting atrial fibrillation, in words and numbers. */
final class AtrialFibrillationFinding {

    private static final String RISK_PROBABILITY = "http://terminology.hl7.org/CodeSystem/risk-probability";
    private static final int TELLING = 10;

    private final RhythmModel model;
    private final List<ScoredRecording> scorable;
    private final List<ScoredRecording> suspected;
    private final List<String> missing;

    /** @param scorable recordings by time, at least one */
    AtrialFibrillationFinding(RhythmModel model, List<ScoredRecording> scorable, List<String> missing) {
        this.model = model;
        this.scorable = scorable;
        this.suspected =
                scorable.stream().filter(one -> one.rule().isSuspected()).toList();
        this.missing = missing;
    }

    boolean isSuspected() {
        return !suspected.isEmpty();
    }

    String seen() {
        return "Irregular without a pattern in %d of %d recording(s) of RR intervals from %s to %s."
                .formatted(
                        suspected.size(),
                        scorable.size(),
                        scorable.get(0).series().start().toLocalDate(),
                        scorable.get(scorable.size() - 1).series().start().toLocalDate());
    }

    Finding finding() {
        double[] contributions = contributions();
        return new Finding(
                RISK_PROBABILITY,
                "high",
                "High likelihood",
                "POS",
                scorable.get(0).series().start(),
                scorable.get(scorable.size() - 1).series().end(),
                figures(contributions),
                List.of(seen(), windowsSeen(), why(contributions)),
                missing,
                "A clinician decides: this is a suspicion from the rhythm alone. Atrial fibrillation is diagnosed on an ECG"
                        + " of at least 30 seconds that a physician has read; frequent extra beats can look alike, and"
                        + " flutter with a regular rhythm is not seen.",
                Duration.ofDays(14),
                telling(),
                inputs(),
                words());
    }

    private Words words() {
        return new Words(
                new Sentence(
                        "Suspected atrial fibrillation: irregular without a pattern in %d of %d recording(s)."
                                .formatted(suspected.size(), scorable.size()),
                        "Verdacht auf Vorhofflimmern: unregelmäßig ohne Muster in %d von %d Aufzeichnung(en)."
                                .formatted(suspected.size(), scorable.size())),
                new Sentence(
                        "Your heartbeat was irregular in some recordings. That can have harmless causes. Your clinic looks at it"
                                + " and may ask for an ECG. With weakness, trouble speaking or chest pain call 112.",
                        "Ihr Herzschlag war in einigen Aufzeichnungen unregelmäßig. Das kann harmlos sein. Ihre Klinik sieht es"
                                + " sich an und bittet Sie vielleicht um ein EKG. Bei Lähmung, Sprachstörung oder Brustschmerz"
                                + " rufen Sie 112."));
    }

    private String windowsSeen() {
        return String.format(
                Locale.ROOT,
                "In these, %d of %d windows of %d beats have a model probability of %.2f or more; the mean heart rate was"
                        + " %.0f/min.",
                suspected.stream().mapToInt(one -> one.above().size()).sum(),
                suspected.stream().mapToInt(one -> one.windows().size()).sum(),
                RrWindow.BEATS,
                model.manifest().threshold(),
                60_000 / mean(RrStatistics::mean));
    }

    private String why(double[] contributions) {
        String top = IntStream.range(0, contributions.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer feature) -> -Math.abs(contributions[feature])))
                .map(feature -> String.format(
                        Locale.ROOT, "%s (%+.1f)", RhythmFeature.values()[feature].display(), contributions[feature]))
                .collect(Collectors.joining(", "));
        return "What it rests on, as log-odds against an average window: " + top + ".";
    }

    private List<Figure> figures(double[] contributions) {
        double highest = suspected.stream()
                .mapToDouble(ScoredRecording::meanProbability)
                .max()
                .orElse(0);
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("Probability, mean of the most suspicious recording", highest, 3, "1"),
                Figure.count("Recordings suspected", suspected.size(), "1"),
                Figure.count("Recordings judged", scorable.size(), "1"),
                Figure.count(
                        "Windows at or above the threshold",
                        scorable.stream().mapToInt(one -> one.above().size()).sum(),
                        "1"),
                Figure.count(
                        "Windows judged",
                        scorable.stream().mapToInt(one -> one.windows().size()).sum(),
                        "1"),
                Figure.of("Mean RR interval of the suspected recordings", mean(RrStatistics::mean), 0, "ms"),
                Figure.of("Median RR interval, mean over their windows", mean(RrStatistics::median), 0, "ms"),
                Figure.of("RMSSD, mean over their windows", mean(RrStatistics::rmssd), 0, "ms"),
                Figure.of("nRMSSD, mean over their windows", mean(RrStatistics::normalisedRmssd), 3, "1"),
                Figure.of("Log-odds of an average window", model.baseLogOdds(), 3, "1")));
        for (RhythmFeature feature : RhythmFeature.values()) {
            figures.add(Figure.of(
                    "Contribution of " + feature.column() + " to the log-odds",
                    contributions[feature.ordinal()],
                    3,
                    "1"));
        }
        return figures;
    }

    /** Mean contribution over the windows that count as atrial fibrillation in the suspected recordings. */
    private double[] contributions() {
        List<ScoredRecording.Window> windows =
                suspected.stream().flatMap(one -> one.above().stream()).toList();
        double[] mean = new double[RhythmFeature.values().length];
        for (ScoredRecording.Window window : windows) {
            double[] contributions = model.contributions(window.features());
            for (int i = 0; i < mean.length; i++) {
                mean[i] += contributions[i] / windows.size();
            }
        }
        return mean;
    }

    /** Of the windows of the suspected recordings. */
    private double mean(ToDoubleFunction<double[]> statistic) {
        return suspected.stream()
                .flatMap(one -> one.windows().stream())
                .mapToDouble(window -> statistic.applyAsDouble(window.window().intervals()))
                .average()
                .orElse(0);
    }

    private List<String> telling() {
        return suspected.stream()
                .sorted(Comparator.comparingDouble((ScoredRecording one) -> -one.meanProbability())
                        .thenComparing(one -> one.series().reference()))
                .limit(TELLING)
                .map(one -> one.series().reference())
                .toList();
    }

    private TreeSet<String> inputs() {
        TreeSet<String> inputs = new TreeSet<>();
        for (ScoredRecording one : scorable) {
            inputs.add(one.series().reference());
            inputs.addAll(one.series().sources());
        }
        return inputs;
    }
}
