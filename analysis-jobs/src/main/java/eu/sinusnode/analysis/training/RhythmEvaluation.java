package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.ModelManifest;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.rhythm.RrWindow;
import eu.sinusnode.analysis.training.EvaluationFigures.Flutter;
import eu.sinusnode.analysis.training.EvaluationFigures.RecordFigures;
import eu.sinusnode.analysis.training.EvaluationFigures.WindowCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the atrial-fibrillation model. Records that it was trained on are scored out of fold; when the data holds
 * others, the shipped model is scored on those alone.
 */
public final class RhythmEvaluation {

    private static final Predicate<ScoredWindow> POSITIVE =
            scored -> scored.window().positive();
    private static final Predicate<ScoredWindow> FLUTTER =
            scored -> scored.window().flutter();
    private static final Predicate<ScoredWindow> LONG_NORMAL =
            scored -> scored.window().longNormal();

    private final ModelManifest manifest;
    private final TrainingSet set;
    private final String split;
    private final List<ScoredWindow> scored;
    private final List<ScoredWindow> sorted;
    private final RecordBootstrap bootstrap;
    private final Map<String, Integer> all = new LinkedHashMap<>();

    private RhythmEvaluation(ModelManifest manifest, TrainingSet set, String split, List<ScoredWindow> scored) {
        this.manifest = manifest;
        this.set = set;
        this.split = split;
        this.scored = scored;
        this.sorted = RocCurve.sorted(scored);
        this.bootstrap = new RecordBootstrap(set.records());
        set.records().forEach(record -> all.put(record, 1));
    }

    public static RhythmEvaluation of(RhythmModel model, RhythmTable table) {
        List<String> trainedOn = model.manifest().trainingData().records();
        List<RhythmRecord> others = table.records().stream()
                .filter(record -> !trainedOn.contains(record.name()))
                .toList();
        if (others.isEmpty()) {
            TrainingSet set = TrainingSet.of(table);
            return new RhythmEvaluation(model.manifest(), set, "leave-one-record-out", LeaveOneRecordOut.score(set));
        }
        TrainingSet set = TrainingSet.of(new RhythmTable(table.sha256(), others));
        List<ScoredWindow> scored = set.windows().stream()
                .map(window -> new ScoredWindow(window, model.probability(window.features())))
                .toList();
        return new RhythmEvaluation(model.manifest(), set, "other-records", scored);
    }

    /** The receiver operating characteristic as a picture. */
    public String rocSvg() {
        return RocCurve.svg(scored, POSITIVE, "Atrial fibrillation, 30-beat windows, " + split);
    }

    public EvaluationFigures figures() {
        return new EvaluationFigures(
                manifest.id(),
                manifest.version(),
                manifest.sha256(),
                set.dataSha256(),
                split,
                set.records(),
                RrWindow.BEATS,
                manifest.threshold(),
                bootstrap.estimate(all, drawn -> RocCurve.auc(sorted, POSITIVE, window -> weight(window, drawn))),
                bootstrap.estimate(all, drawn -> share(POSITIVE, this::isAbove, drawn)),
                bootstrap.estimate(all, drawn -> share(POSITIVE.negate(), this::isBelow, drawn)),
                bootstrap.estimate(all, drawn -> share(LONG_NORMAL, this::isBelow, drawn)),
                counts(),
                flutter(),
                aboveByRhythm(),
                Reliability.of(scored),
                new SeriesEvaluation(scored, manifest.threshold()).figures(bootstrap, all),
                set.records().stream().map(this::ofRecord).toList());
    }

    private WindowCounts counts() {
        Map<String, Integer> byRhythm = new TreeMap<>();
        scored.forEach(window -> byRhythm.merge(window.window().stratum().name(), 1, Integer::sum));
        Predicate<ScoredWindow> mixed = window -> window.window().stratum() == LabelledWindow.Stratum.MIXED;
        return new WindowCounts(
                scored.size(),
                set.unusable(),
                count(POSITIVE),
                byRhythm,
                count(mixed.and(POSITIVE)),
                count(LONG_NORMAL));
    }

    private Flutter flutter() {
        List<ScoredWindow> without = sorted.stream().filter(FLUTTER.negate()).toList();
        return new Flutter(
                count(FLUTTER),
                Estimate.rounded(RocCurve.auc(without, POSITIVE, window -> 1)),
                Estimate.rounded(share(POSITIVE.or(FLUTTER).negate(), this::isBelow, all)),
                Estimate.rounded(RocCurve.auc(sorted, POSITIVE.or(FLUTTER), window -> 1)),
                Estimate.rounded(share(POSITIVE.or(FLUTTER), this::isAbove, all)));
    }

    private Map<String, @Nullable Double> aboveByRhythm() {
        Map<String, @Nullable Double> above = new LinkedHashMap<>();
        for (LabelledWindow.Stratum stratum : LabelledWindow.Stratum.values()) {
            above.put(
                    stratum.name(),
                    Estimate.rounded(share(window -> window.window().stratum() == stratum, this::isAbove, all)));
        }
        return above;
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

    private boolean isAbove(ScoredWindow window) {
        return window.probability() >= manifest.threshold();
    }

    private boolean isBelow(ScoredWindow window) {
        return !isAbove(window);
    }

    private int count(Predicate<ScoredWindow> which) {
        return (int) scored.stream().filter(which).count();
    }

    /** Of the windows {@code among}, the weighted share that is {@code what}; not a number when there are none. */
    private double share(Predicate<ScoredWindow> among, Predicate<ScoredWindow> what, Map<String, Integer> drawn) {
        double total = 0;
        double hits = 0;
        for (ScoredWindow window : scored) {
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
