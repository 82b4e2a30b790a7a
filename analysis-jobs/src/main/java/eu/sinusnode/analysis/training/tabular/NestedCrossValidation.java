package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveScore;
import eu.sinusnode.analysis.training.evaluation.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Each row scored by a model that knows nothing of its patient: neither the weights nor the ridge nor the calibration
 * were made with the patient's rows. Repeated with other splits.
 */
final class NestedCrossValidation {

    static final int FOLDS = 10;
    static final long SEED = 20261127L;

    private final List<Case> rows;
    private final int[] inputs;
    /** By repeat, then by row. */
    private final List<List<InnerValidation.Chosen>> judges = new ArrayList<>();

    NestedCrossValidation(Cases cases, Design design, List<String> names, Progress progress, String work) {
        this.rows = cases.rows();
        this.inputs = design.indices(names);
        for (int repeat = 0; repeat < design.repeats(); repeat++) {
            Folds folds = new Folds(rows, FOLDS, SEED + repeat);
            List<InnerValidation.@Nullable Chosen> ofRow = new ArrayList<>(Collections.nCopies(rows.size(), null));
            for (int fold = 0; fold < FOLDS; fold++) {
                progress.at(work, repeat * FOLDS + fold, design.repeats() * FOLDS);
                InnerValidation.Chosen chosen =
                        InnerValidation.train(folds.without(rows, fold), inputs, names, SEED + repeat);
                for (int row = 0; row < rows.size(); row++) {
                    if (folds.of(rows.get(row)) == fold) {
                        ofRow.set(row, chosen);
                    }
                }
            }
            judges.add(ofRow.stream().map(Objects::requireNonNull).toList());
        }
    }

    /** All rows, once for each repeat. */
    List<List<ScoredCase>> scored() {
        return scored(InnerValidation.Chosen::score, UnaryOperator.identity());
    }

    List<List<ScoredCase>> uncalibrated() {
        return scored(InnerValidation.Chosen::uncalibrated, UnaryOperator.identity());
    }

    /** @param values of a row, as they would have been */
    List<List<ScoredCase>> scored(UnaryOperator<double[]> values) {
        return scored(InnerValidation.Chosen::score, values);
    }

    /** How often each ridge was chosen. */
    List<Double> ridges() {
        return judges.stream()
                .flatMap(List::stream)
                .distinct()
                .map(InnerValidation.Chosen::ridge)
                .sorted()
                .toList();
    }

    private List<List<ScoredCase>> scored(
            Function<InnerValidation.Chosen, AdditiveScore> which, UnaryOperator<double[]> values) {
        BiFunction<Integer, InnerValidation.Chosen, ScoredCase> one = (row, judge) -> ScoredCase.of(
                rows.get(row),
                which.apply(judge),
                inputs,
                values.apply(rows.get(row).inputs()));
        List<List<ScoredCase>> scored = new ArrayList<>();
        for (List<InnerValidation.Chosen> judgeOfRow : judges) {
            List<ScoredCase> repeat = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                repeat.add(one.apply(row, judgeOfRow.get(row)));
            }
            scored.add(repeat);
        }
        return scored;
    }
}
