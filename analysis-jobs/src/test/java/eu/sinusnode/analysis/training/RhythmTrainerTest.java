package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.model.RhythmModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RhythmTrainerTest {

    @Test
    void theSameWindowsGiveTheSameBytes() {
        TrainingSet set = TrainingSet.of(synthetic());

        RhythmTrainer.Trained one = RhythmTrainer.train(set);
        RhythmTrainer.Trained other = RhythmTrainer.train(TrainingSet.of(synthetic()));

        assertThat(one.file()).isEqualTo(other.file());
        assertThat(one.manifest()).isEqualTo(other.manifest());
    }

    @Test
    void learnsWhatSeparatesTheRhythms() {
        RhythmEvaluation evaluation = RhythmEvaluation.of(RhythmModel.shipped(), synthetic());

        EvaluationFigures figures = evaluation.figures();

        assertThat(figures.split()).isEqualTo("other-records");
        assertThat(figures.auc().value()).isGreaterThan(0.99);
        assertThat(figures.windows().positive()).isPositive();
        assertThat(figures).usingRecursiveComparison().isEqualTo(evaluation.figures());
    }

    @Test
    void oneRecordAloneHasFiguresWithoutIntervalsAndSaysSo() {
        EvaluationFigures figures = RhythmEvaluation.of(
                        RhythmModel.shipped(), new RhythmTable("", List.of(record("alone", Rhythm.N, 1)), 0))
                .figures();

        assertThat(figures.specificity().value()).isGreaterThan(0.9);
        assertThat(figures.specificity().low()).isNull();
        assertThat(figures.auc().value()).isNull();
        assertThat(figures.notes()).hasSize(2).anyMatch(note -> note.contains("no interval can be given"));
    }

    @Test
    void windowsOfOtherRhythmsAreCountedUnderTheirNames() {
        EvaluationFigures figures = RhythmEvaluation.of(
                        RhythmModel.shipped(),
                        new RhythmTable("", List.of(record("a", "SVTA", 1), record("b", Rhythm.AFIB, 2)), 0))
                .figures();

        assertThat(figures.windows().byRhythm()).containsOnlyKeys("SVTA", Rhythm.AFIB);
        assertThat(figures.shareAboveThresholdByRhythm()).containsOnlyKeys("SVTA", Rhythm.AFIB);
        assertThat(figures.auc().value()).isGreaterThan(0.9);
    }

    @Test
    void recordsThatTheModelWasTrainedOnDoNotJudgeItBesideOthers() {
        EvaluationFigures figures = RhythmEvaluation.of(
                        RhythmModel.shipped(),
                        new RhythmTable("", List.of(record("04015", Rhythm.N, 1), record("b", Rhythm.AFIB, 2)), 0))
                .figures();

        assertThat(figures.records()).containsExactly("b");
        assertThat(figures.notes()).anyMatch(note -> note.contains("trained on were left out"));
    }

    @Test
    void dataWithoutAWindowIsRefused() {
        RhythmTable tooShort = new RhythmTable(
                "",
                List.of(new RhythmRecord(
                        "short", List.of(new RhythmRecord.Stretch(new int[] {800}, new String[] {Rhythm.N})))),
                0);

        assertThatThrownBy(() -> RhythmEvaluation.of(RhythmModel.shipped(), tooShort))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No window of 30");
    }

    @Test
    void dataOfOneKindCannotBeTrainedOn() {
        TrainingSet set =
                TrainingSet.of(new RhythmTable("", List.of(record("n", Rhythm.N, 1), record("m", Rhythm.N, 2)), 0));

        assertThatThrownBy(() -> RhythmTrainer.train(set)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRecordWeighsTheSame() {
        TrainingSet set = TrainingSet.of(synthetic());
        double[] weights = TrainingSet.recordWeights(set.windows());

        for (String record : set.records()) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += set.windows().get(i).record().equals(record) ? weights[i] : 0;
            }
            assertThat(sum).isCloseTo(weights.length / (double) set.records().size(), within(1e-9));
        }
    }

    @Test
    void theShippedModelIsWhatTheDataGives() throws IOException {
        Path data = Path.of(System.getProperty("sinusnode.shared", ""), "data", "mit-bih-afdb-rr.csv.gz");
        Assumptions.assumeTrue(
                Files.isReadable(data),
                "SKIPPED, NOT PROVEN: the training data is not at " + data
                        + ", so it is not checked that it gives the shipped model's bytes");

        RhythmTrainer.Trained trained = RhythmTrainer.train(TrainingSet.of(RhythmTable.read(data)));

        assertThat(trained.manifest()).isEqualTo(RhythmModel.shipped().manifest());
    }

    private static RhythmTable synthetic() {
        List<RhythmRecord> records = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            records.add(record("synthetic-" + i, i % 2 == 0 ? Rhythm.N : Rhythm.AFIB, i));
        }
        return new RhythmTable("synthetic", records, 0);
    }

    private static RhythmRecord record(String name, String rhythm, int seed) {
        Random random = new Random(seed);
        int spread = rhythm.equals(Rhythm.AFIB) ? 500 : 60;
        int[] rr = random.ints(3000 + 300 * seed, 700, 700 + spread).toArray();
        String[] labels = new String[rr.length];
        Arrays.fill(labels, rhythm);
        return new RhythmRecord(name, List.of(new RhythmRecord.Stretch(rr, labels)));
    }
}
