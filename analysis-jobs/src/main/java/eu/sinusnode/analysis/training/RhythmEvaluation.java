package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.ModelManifest;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.rhythm.RrWindow;
import eu.sinusnode.analysis.training.EvaluationFigures.Flutter;
import eu.sinusnode.analysis.training.EvaluationFigures.RecordFigures;
import eu.sinusnode.analysis.training.EvaluationFigures.WindowCounts;
import eu.sinusnode.analysis.training.evaluation.ClusterBootstrap;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import eu.sinusnode.analysis.training.evaluation.Pictures;
import eu.sinusnode.analysis.training.evaluation.Reliability;
import eu.sinusnode.analysis.training.evaluation.RocCurve;
import eu.sinusnode.analysis.training.evaluation.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the atrial-fibrillation model. Records that it was trained on are scored out of fold; when the data holds
 * others, the shipped model is scored on those alone.
 */
public final class RhythmEvaluation {

    private static final double[] THRESHOLDS = {0.1, 0.3, 0.5, 0.7, 0.9};
    private static final Predicate<ScoredWindow> POSITIVE = ScoredWindow::positive;
    private static final Predicate<ScoredWindow> FLUTTER =
            scored -> scored.window().flutter();
    private static final Predicate<ScoredWindow> LONG_NORMAL =
            scored -> scored.window().longNormal();

    private final ModelManifest manifest;
    private final RhythmTable table;
    private final TrainingSet set;
    private final String split;
    private final Function<String, RhythmModel> judge;
    private final List<ScoredWindow> scored;
    private final List<ScoredWindow> sorted;
    private final ClusterBootstrap bootstrap;
    private final int known;

    /**
     * @param judge the model that may judge a record
     * @param known records of the table that are not judged, since the model knows them
     */
    private RhythmEvaluation(
            ModelManifest manifest,
            RhythmTable table,
            TrainingSet set,
            String split,
            Function<String, RhythmModel> judge,
            int known) {
        this.manifest = manifest;
        this.table = table;
        this.known = known;
        this.set = set;
        this.split = split;
        this.judge = judge;
        this.scored = score(set);
        this.sorted = RocCurve.sorted(scored);
        this.bootstrap = new ClusterBootstrap(set.records());
    }

    /** @throws IllegalArgumentException when no window can be scored */
    public static RhythmEvaluation of(RhythmModel model, RhythmTable table) {
        List<String> trainedOn = model.manifest().trainingData().records();
        List<RhythmRecord> others = table.records().stream()
                .filter(record -> !trainedOn.contains(record.name()))
                .toList();
        RhythmTable judged = others.isEmpty() ? table : new RhythmTable(table.sha256(), others, table.leftOut());
        TrainingSet set = TrainingSet.of(judged);
        if (set.windows().isEmpty()) {
            throw new IllegalArgumentException(
                    "No window of %d successive beats with at least %d between %d and %d ms is in the data"
                            .formatted(
                                    RrWindow.BEATS,
                                    RrWindow.MINIMUM_USABLE,
                                    RrWindow.SHORTEST_MS,
                                    RrWindow.LONGEST_MS));
        }
        if (!others.isEmpty()) {
            return new RhythmEvaluation(
                    model.manifest(),
                    judged,
                    set,
                    "other-records",
                    record -> model,
                    table.records().size() - others.size());
        }
        Map<String, RhythmModel> models = LeaveOneRecordOut.models(set);
        return new RhythmEvaluation(
                model.manifest(),
                judged,
                set,
                "leave-one-record-out",
                record -> Objects.requireNonNull(models.get(record)),
                0);
    }

    private List<ScoredWindow> score(TrainingSet windows) {
        return windows.windows().stream()
                .map(window ->
                        new ScoredWindow(window, judge.apply(window.record()).probability(window.features())))
                .toList();
    }

    /** The receiver operating characteristic as a picture. */
    public String rocSvg() {
        return Pictures.roc(scored, "Atrial fibrillation, 30-beat windows, " + split);
    }

    /** Predicted against observed as a picture. */
    public String calibrationSvg() {
        return Pictures.calibration(Reliability.of(scored), "Atrial fibrillation, calibration, " + split);
    }

    public EvaluationFigures figures() {
        Reliability reliability = Reliability.of(scored);
        return new EvaluationFigures(
                "af",
                manifest.id(),
                manifest.version(),
                manifest.sha256(),
                set.dataSha256(),
                split,
                set.records(),
                RrWindow.BEATS,
                manifest.threshold(),
                scored.size(),
                count(POSITIVE),
                bootstrap.estimate(drawn -> RocCurve.auc(sorted, POSITIVE, window -> weight(window, drawn))),
                bootstrap.estimate(drawn -> share(POSITIVE, this::isAbove, drawn)),
                bootstrap.estimate(drawn -> share(POSITIVE.negate(), this::isBelow, drawn)),
                bootstrap.estimate(drawn -> share(LONG_NORMAL, this::isBelow, drawn)),
                reliability.brier(),
                reliability.slope(),
                reliability.intercept(),
                counts(),
                flutter(),
                aboveByRhythm(),
                Threshold.table(scored, THRESHOLDS),
                reliability,
                new SeriesEvaluation(scored, manifest.threshold()).figures(bootstrap),
                Disturbance.all().stream().map(this::underDisturbance).toList(),
                set.records().stream().map(this::ofRecord).toList(),
                notes());
    }

    private WindowCounts counts() {
        Map<String, Integer> byRhythm = new TreeMap<>();
        scored.forEach(window -> byRhythm.merge(window.window().stratum(), 1, Integer::sum));
        Predicate<ScoredWindow> mixed = window -> window.window().stratum().equals(LabelledWindow.MIXED);
        return new WindowCounts(
                scored.size(),
                set.unusable(),
                count(POSITIVE),
                byRhythm,
                count(mixed.and(POSITIVE)),
                count(LONG_NORMAL),
                table.leftOut());
    }

    private Flutter flutter() {
        List<ScoredWindow> without = sorted.stream().filter(FLUTTER.negate()).toList();
        Map<String, Integer> all = bootstrap.all();
        return new Flutter(
                count(FLUTTER),
                Estimate.rounded(RocCurve.auc(without, POSITIVE, window -> 1)),
                Estimate.rounded(share(POSITIVE.or(FLUTTER).negate(), this::isBelow, all)),
                Estimate.rounded(RocCurve.auc(sorted, POSITIVE.or(FLUTTER), window -> 1)),
                Estimate.rounded(share(POSITIVE.or(FLUTTER), this::isAbove, all)));
    }

    private Map<String, @Nullable Double> aboveByRhythm() {
        Map<String, @Nullable Double> above = new LinkedHashMap<>();
        for (String stratum : counts().byRhythm().keySet()) {
            above.put(
                    stratum,
                    Estimate.rounded(share(
                            window -> window.window().stratum().equals(stratum), this::isAbove, bootstrap.all())));
        }
        return above;
    }

    private EvaluationFigures.Robustness underDisturbance(Disturbance disturbance) {
        List<ScoredWindow> disturbed = RocCurve.sorted(score(TrainingSet.of(disturbance.of(table))));
        return new EvaluationFigures.Robustness(
                disturbance.name(),
                Estimate.rounded(RocCurve.auc(disturbed, POSITIVE, window -> 1)),
                Estimate.rounded(share(disturbed, POSITIVE, this::isAbove, bootstrap.all())),
                Estimate.rounded(share(disturbed, POSITIVE.negate(), this::isBelow, bootstrap.all())));
    }

    private RecordFigures ofRecord(String record) {
        Map<String, Integer> alone = Map.of(record, 1);
        Predicate<ScoredWindow> own = window -> window.window().record().equals(record);
        return new RecordFigures(
                record,
                count(own),
                count(own.and(POSITIVE)),
                Estimate.rounded(share(POSITIVE, this::isAbove, alone)),
                Estimate.rounded(share(POSITIVE.negate(), this::isBelow, alone)),
                Estimate.rounded(RocCurve.auc(sorted, POSITIVE, window -> weight(window, alone))));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        bootstrap.caution("records").ifPresent(notes::add);
        if (known > 0) {
            notes.add("%d record(s) that the model was trained on were left out.".formatted(known));
        }
        int positives = count(POSITIVE);
        if (positives == 0) {
            notes.add("No window is atrial fibrillation: there is no AUC and no sensitivity.");
        } else if (positives == scored.size()) {
            notes.add("Every window is atrial fibrillation: there is no AUC and no specificity.");
        }
        return notes;
    }

    private boolean isAbove(ScoredWindow window) {
        return window.probability() >= manifest.threshold();
    }

    private boolean isBelow(ScoredWindow window) {
        return !isAbove(window);
    }

    private int count(Predicate<ScoredWindow> which) {
        return (int) scored.stream().filter(which).count();
    }

    private double share(Predicate<ScoredWindow> among, Predicate<ScoredWindow> what, Map<String, Integer> drawn) {
        return share(scored, among, what, drawn);
    }

    /** Of the windows {@code among}, the weighted share that is {@code what}; not a number when there are none. */
    private static double share(
            List<ScoredWindow> windows,
            Predicate<ScoredWindow> among,
            Predicate<ScoredWindow> what,
            Map<String, Integer> drawn) {
        double total = 0;
        double hits = 0;
        for (ScoredWindow window : windows) {
            if (among.test(window)) {
                int weight = weight(window, drawn);
                total += weight;
                hits += what.test(window) ? weight : 0;
            }
        }
        return hits / total;
    }

    private static int weight(ScoredWindow window, Map<String, Integer> drawn) {
        return drawn.getOrDefault(window.window().record(), 0);
    }
}
