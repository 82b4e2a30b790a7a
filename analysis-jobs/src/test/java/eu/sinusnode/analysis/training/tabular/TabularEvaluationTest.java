package eu.sinusnode.analysis.training.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.training.evaluation.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TabularEvaluationTest {

    private static final Progress QUIET = (work, done, of) -> {};

    private final Design design = Designs.small();

    @Test
    void theSameRowsGiveTheSameBytes() {
        TabularTrainer.Trained one = TabularTrainer.train(Designs.rows(60, 1.5), design);
        TabularTrainer.Trained other = TabularTrainer.train(Designs.rows(60, 1.5), design);

        assertThat(one.file()).isEqualTo(other.file());
        assertThat(one.manifest()).isEqualTo(other.manifest());
    }

    @Test
    void findsTheSignalCalibratedAndAboveItsRivals() {
        TabularFigures figures = trainedAndMeasured(Designs.rows(100, 1.5));

        assertThat(figures.split()).startsWith("nested cross-validation");
        assertThat(figures.auc().value()).isGreaterThan(0.8);
        assertThat(figures.auc().low()).isLessThan(figures.auc().value());
        assertThat(figures.calibrationSlope().value()).isCloseTo(1, within(0.25));
        assertThat(figures.comparison().get(1).aucDifference().high()).isNegative();
        assertThat(figures.withoutFindings().get(0).auc().value()).isLessThan(0.65);
        assertThat(figures.subgroups()).hasSize(2).allMatch(group -> group.n() == 150);
        assertThat(figures.notes()).anyMatch(note -> note.contains("simulated patients alone"));
    }

    @Test
    void whereThereIsNothingToLearnItSaysSo() {
        TabularFigures figures = trainedAndMeasured(Designs.rows(100, 0));

        assertThat(figures.auc().value()).isBetween(0.38, 0.6);
        assertThat(figures.auc().low()).isLessThan(0.5);
    }

    @Test
    void rowsThatTheModelWasTrainedOnAreKnownInAnyOrderAndOthersMeetTheShippedModel() {
        Cases trainedOn = Designs.rows(60, 1.5);
        TabularTrainer.Trained trained = TabularTrainer.train(trainedOn, design);
        AdditiveModel model = AdditiveModel.of(trained.file(), trained.manifest());
        List<Case> turned = new ArrayList<>(trainedOn.rows());
        Collections.shuffle(turned, new Random(1));

        assertThat(split(model, new Cases("turned", turned, 0, Map.of()))).startsWith("nested");
        assertThat(split(model, Designs.rows(61, 1.5))).isEqualTo("other-data");
    }

    @Test
    void noPatientStandsOnBothSidesOfASplit() {
        List<Case> rows = Designs.rows(40, 1).rows();
        Folds folds = new Folds(rows, 5, 1);

        for (int fold = 0; fold < folds.count(); fold++) {
            Set<String> trainedOn = new HashSet<>();
            folds.without(rows, fold).forEach(row -> trainedOn.add(row.patient()));
            for (Case row : rows) {
                assertThat(trainedOn.contains(row.patient())).isEqualTo(folds.of(row) != fold);
            }
        }
    }

    @Test
    void anInputThatNeverVariesCannotShip() {
        List<Case> rows = Designs.rows(40, 1).rows().stream()
                .map(row -> new Case(
                        row.patient(), row.positive(), row.groups(), new double[] {row.inputs()[0], row.inputs()[1], 1
                        }))
                .toList();
        Cases cases = new Cases("", rows, 0, Map.of());

        assertThatThrownBy(() -> TabularTrainer.train(cases, design))
                .hasMessageContaining("more than one value of red");
    }

    @Test
    void oneOutcomeCannotBeTrainedOnAndHasNoAuc() {
        List<Case> positive = Designs.rows(20, 1).rows().stream()
                .map(row -> new Case(row.patient(), true, row.groups(), row.inputs()))
                .toList();
        Cases cases = new Cases("", positive, 0, Map.of());
        TabularTrainer.Trained trained = TabularTrainer.train(Designs.rows(60, 1.5), design);
        TabularEvaluation evaluation =
                TabularEvaluation.of(design, AdditiveModel.of(trained.file(), trained.manifest()), cases, QUIET);

        assertThatThrownBy(() -> TabularTrainer.train(cases, design)).hasMessageContaining("of both outcomes");
        assertThat(evaluation.figures().auc().value()).isNull();
        assertThat(evaluation.figures().notes()).anyMatch(note -> note.contains("no AUC"));
        assertThat(evaluation.pictures()).containsOnlyKeys("calibration.svg");
    }

    private String split(AdditiveModel model, Cases cases) {
        return TabularEvaluation.of(design, model, cases, QUIET).figures().split();
    }

    private TabularFigures trainedAndMeasured(Cases cases) {
        TabularTrainer.Trained trained = TabularTrainer.train(cases, design);
        return TabularEvaluation.of(design, AdditiveModel.of(trained.file(), trained.manifest()), cases, QUIET)
                .figures();
    }
}
