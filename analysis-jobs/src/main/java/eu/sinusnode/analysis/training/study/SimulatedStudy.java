package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.training.evaluation.Progress;
import eu.sinusnode.analysis.training.tabular.Cases;
import eu.sinusnode.analysis.training.tabular.Design;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model of simulated patients, who are made again whenever no other data is given. */
final class SimulatedStudy extends TabularStudy {

    private final Function<Design, Cases> simulation;

    SimulatedStudy(Design design, Function<Design, Cases> simulation) {
        super(design);
        this.simulation = simulation;
    }

    @Override
    public boolean needsData() {
        return false;
    }

    @Override
    protected Cases cases(@Nullable Path data) throws IOException {
        return data == null ? simulation.apply(design()) : super.cases(data);
    }

    /** Also the simulated table, which shows what a file of other patients has to look like. */
    @Override
    public Trained train(@Nullable Path data, Progress progress) throws IOException {
        Trained trained = super.train(data, progress);
        Map<String, byte[]> files = new LinkedHashMap<>(trained.files());
        files.put(modelId() + ".csv", cases(data).csv(design()).getBytes(StandardCharsets.UTF_8));
        return new Trained(files, trained.summary());
    }
}
