package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.rhythm.RhythmFeature;
import eu.sinusnode.analysis.training.EvaluationFigures;
import eu.sinusnode.analysis.training.RhythmEvaluation;
import eu.sinusnode.analysis.training.RhythmTable;
import eu.sinusnode.analysis.training.RhythmTrainer;
import eu.sinusnode.analysis.training.TrainingSet;
import eu.sinusnode.analysis.training.evaluation.Progress;
import eu.sinusnode.analysis.watch.Bins;
import eu.sinusnode.analysis.watch.TrainingReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Suspected atrial fibrillation from RR intervals. */
public final class RhythmStudy implements ModelStudy {

    @Override
    public String name() {
        return "af";
    }

    @Override
    public String modelId() {
        return "af-rr-logistic";
    }

    @Override
    public String title() {
        return "atrial fibrillation suspected from RR intervals";
    }

    @Override
    public String columns() {
        return "record, rr_ms, rhythm, and beat_ms where gaps shall be seen";
    }

    @Override
    public String source() {
        return "MIT-BIH Atrial Fibrillation Database, PhysioNet";
    }

    @Override
    public Trained train(@Nullable Path data, Progress progress) throws IOException {
        TrainingSet set = TrainingSet.of(RhythmTable.read(Studies.dataOf(this, data)));
        progress.at("training on %d windows".formatted(set.windows().size()), 0, 0);
        RhythmTrainer.Trained trained = RhythmTrainer.train(set);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(modelId() + ".model", trained.file());
        files.put(modelId() + ".json", ModelFiles.write(trained.manifest()).getBytes(StandardCharsets.UTF_8));
        files.put(modelId() + ".reference.json", reference(set));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", modelId());
        summary.put("version", trained.manifest().version());
        summary.put("sha256", trained.manifest().sha256());
        summary.put("windows", set.windows().size());
        return new Trained(files, summary);
    }

    /** What the watch of the model compares its weeks with, beside the place's own. */
    private static byte[] reference(TrainingSet set) {
        Map<String, Bins> bins = new TreeMap<>();
        for (RhythmFeature feature : RhythmFeature.values()) {
            double[] values = set.windows().stream()
                    .mapToDouble(window -> window.features()[feature.ordinal()])
                    .toArray();
            bins.put(feature.column(), Bins.of(values, set.records().size()));
        }
        return TrainingReference.write(bins);
    }

    @Override
    public Measured evaluate(@Nullable Path data, Progress progress) throws IOException {
        RhythmTable table = RhythmTable.read(Studies.dataOf(this, data));
        progress.at("scoring %d records".formatted(table.records().size()), 0, 0);
        RhythmEvaluation evaluation = RhythmEvaluation.of(RhythmModel.shipped(), table);
        progress.at("measuring, with intervals and disturbed copies", 0, 0);
        EvaluationFigures figures = evaluation.figures();
        Map<String, String> pictures = new LinkedHashMap<>();
        if (figures.auc().value() != null) {
            pictures.put("roc.svg", evaluation.rocSvg());
        }
        pictures.put("calibration.svg", evaluation.calibrationSvg());
        return new Measured(figures, pictures);
    }
}
