package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.RhythmModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For each record the model that was trained on all others. */
final class LeaveOneRecordOut {

    private LeaveOneRecordOut() {}

    static Map<String, RhythmModel> models(TrainingSet set) {
        Map<String, RhythmModel> models = new LinkedHashMap<>();
        for (String record : set.records()) {
            List<LabelledWindow> others = set.windows().stream()
                    .filter(window -> !window.record().equals(record))
                    .toList();
            RhythmTrainer.Trained trained =
                    RhythmTrainer.train(new TrainingSet(set.dataSha256(), set.records(), others, 0));
            models.put(record, RhythmModel.of(trained.file(), trained.manifest()));
        }
        return models;
    }
}
