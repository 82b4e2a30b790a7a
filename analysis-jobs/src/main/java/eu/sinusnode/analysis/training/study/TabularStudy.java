package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.training.evaluation.Progress;
import eu.sinusnode.analysis.training.tabular.Cases;
import eu.sinusnode.analysis.training.tabular.Design;
import eu.sinusnode.analysis.training.tabular.Input;
import eu.sinusnode.analysis.training.tabular.TabularEvaluation;
import eu.sinusnode.analysis.training.tabular.TabularTrainer;
import eu.sinusnode.analysis.watch.Bins;
import eu.sinusnode.analysis.watch.TrainingReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A model of rows with named inputs. */
public class TabularStudy implements ModelStudy {

    private final Design design;

    public TabularStudy(Design design) {
        this.design = design;
    }

    @Override
    public String name() {
        return design.name();
    }

    @Override
    public String modelId() {
        return design.modelId();
    }

    @Override
    public String title() {
        return design.title();
    }

    @Override
    public String columns() {
        return design.inputs().stream()
                        .map(Input::columns)
                        .map(columns -> columns.get(0))
                        .distinct()
                        .collect(Collectors.joining(", "))
                + ", " + design.label().get(0);
    }

    @Override
    public String source() {
        return design.source().name();
    }

    /** The rows of a file. */
    protected Cases cases(@Nullable Path data) throws IOException {
        return Cases.read(Studies.dataOf(this, data), design);
    }

    protected Design design() {
        return design;
    }

    @Override
    public Trained train(@Nullable Path data, Progress progress) throws IOException {
        Cases cases = cases(data);
        progress.at("training on %d rows".formatted(cases.rows().size()), 0, 0);
        TabularTrainer.Trained trained = TabularTrainer.train(cases, design);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(modelId() + ".model", trained.file());
        files.put(modelId() + ".json", ModelFiles.write(trained.manifest()).getBytes(StandardCharsets.UTF_8));
        files.put(modelId() + ".reference.json", TrainingReference.write(bins(cases)));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", modelId());
        summary.put("version", design.version());
        summary.put("sha256", trained.manifest().sha256());
        summary.put("rows", cases.rows().size());
        return new Trained(files, summary);
    }

    /** What the watch of the model compares its weeks with, beside the place's own. */
    private Map<String, Bins> bins(Cases cases) {
        Map<String, Bins> bins = new TreeMap<>();
        for (String name : design.shipped()) {
            double[] values = cases.values(name, design);
            bins.put(name, Bins.of(values, cases.patients().size()));
        }
        return bins;
    }

    @Override
    public Measured evaluate(@Nullable Path data, Progress progress) throws IOException {
        TabularEvaluation evaluation =
                TabularEvaluation.of(design, AdditiveModel.shipped(modelId()), cases(data), progress);
        return new Measured(evaluation.figures(), evaluation.pictures());
    }
}
