package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.RhythmModel;
import java.util.ArrayList;
import java.util.List;

/** Out-of-fold scores: each record is scored by a model that was trained on all others. */
final class LeaveOneRecordOut {

    private LeaveOneRecordOut() {}

    static List<ScoredWindow> score(TrainingSet set) {
        List<ScoredWindow> scored = new ArrayList<>();
        for (String record : set.records()) {
            List<LabelledWindow> others = set.windows().stream()
                    .filter(window -> !window.record().equals(record))
                    .toList();
            RhythmTrainer.Trained trained =
                    RhythmTrainer.train(new TrainingSet(set.dataSha256(), set.records(), others, 0));
            RhythmModel model = RhythmModel.of(trained.file(), trained.manifest());
            set.windows().stream()
                    .filter(window -> window.record().equals(record))
                    .map(window -> new ScoredWindow(window, model.probability(window.features())))
                    .forEach(scored::add);
        }
        return scored;
    }
}
