package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveManifest.Calibration;
import eu.sinusnode.analysis.model.AdditiveScore;
import eu.sinusnode.analysis.training.evaluation.LogitLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Training with everything that has to be chosen: the ridge with the least log loss out of fold, and the line of
 * calibration through the same out-of-fold scores. Without inputs there is nothing to choose. Rows that shall judge the result may not be among these.
 */
final class InnerValidation {

    private static final int FOLDS = 5;
    private static final List<Double> RIDGES = List.of(0.1, 3.0, 30.0);

    private InnerValidation() {}

    /** @param score calibrated; {@code uncalibrated} is the regression's own */
    record Chosen(double ridge, RidgeLogistic.Fit fit, AdditiveScore score) {

        AdditiveScore uncalibrated() {
            return fit.score();
        }
    }

    static Chosen train(List<Case> rows, int[] inputs, List<String> names, long seed) {
        if (inputs.length == 0) {
            RidgeLogistic.Fit share = RidgeLogistic.fit(rows, inputs, names, 0);
            return new Chosen(0, share, share.score());
        }
        Folds folds = new Folds(rows, FOLDS, seed);
        double best = Double.POSITIVE_INFINITY;
        double ridge = 0;
        List<ScoredCase> chosen = List.of();
        for (double candidate : RIDGES) {
            List<ScoredCase> scored = outOfFold(rows, inputs, names, candidate, folds);
            double loss = logLoss(scored);
            if (loss < best) {
                best = loss;
                ridge = candidate;
                chosen = scored;
            }
        }
        RidgeLogistic.Fit fit = RidgeLogistic.fit(rows, inputs, names, ridge);
        LogitLine line = LogitLine.fit(chosen, one -> 1);
        Calibration calibration =
                Double.isNaN(line.slope()) ? fit.score().line() : new Calibration(line.intercept(), line.slope());
        AdditiveScore own = fit.score();
        return new Chosen(ridge, fit, new AdditiveScore(own.intercept(), own.weights(), own.means(), calibration));
    }

    private static List<ScoredCase> outOfFold(
            List<Case> rows, int[] inputs, List<String> names, double ridge, Folds folds) {
        List<ScoredCase> scored = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            AdditiveScore score = RidgeLogistic.fit(folds.without(rows, fold), inputs, names, ridge)
                    .score();
            for (Case row : rows) {
                if (folds.of(row) == fold) {
                    scored.add(ScoredCase.of(row, score, inputs, row.inputs()));
                }
            }
        }
        return scored;
    }

    private static double logLoss(List<ScoredCase> scored) {
        double sum = 0;
        for (ScoredCase one : scored) {
            double logOdds = LogitLine.logit(one.probability());
            sum -= StrictMath.log(LogitLine.probability(one.positive() ? logOdds : -logOdds));
        }
        return sum / scored.size();
    }
}
