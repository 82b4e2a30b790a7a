package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.training.evaluation.ClusterBootstrap;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import eu.sinusnode.analysis.training.evaluation.LogitLine;
import eu.sinusnode.analysis.training.evaluation.Reliability;
import eu.sinusnode.analysis.training.evaluation.RocCurve;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures of rows that were scored once for each repeat: each figure is the mean over the repeats. */
final class Repeats {

    private final List<List<ScoredCase>> sorted;
    private final ClusterBootstrap bootstrap;

    Repeats(List<List<ScoredCase>> scored, ClusterBootstrap bootstrap) {
        this.sorted = scored.stream().map(RocCurve::sorted).toList();
        this.bootstrap = bootstrap;
    }

    /** One figure, with its interval or without, which is a thousand times the work. */
    record Figure(ToDoubleFunction<Map<String, Integer>> statistic, ClusterBootstrap bootstrap) {

        Estimate estimate() {
            return bootstrap.estimate(statistic);
        }

        @Nullable
        Double value() {
            return Estimate.rounded(statistic.applyAsDouble(bootstrap.all()));
        }
    }

    /** The rows of some patients. */
    Repeats only(Predicate<Case> which) {
        return new Repeats(
                sorted.stream()
                        .map(repeat -> repeat.stream()
                                .filter(one -> which.test(one.row()))
                                .toList())
                        .toList(),
                bootstrap);
    }

    /** All repeats in one list, for pictures and tables of shares. */
    List<ScoredCase> pooled() {
        return sorted.stream().flatMap(List::stream).toList();
    }

    int n() {
        return sorted.get(0).size();
    }

    int positives() {
        return (int) sorted.get(0).stream().filter(ScoredCase::positive).count();
    }

    Figure auc() {
        return figure(this::auc);
    }

    /** Less the other's, resample by resample. */
    Figure aucLess(Repeats other) {
        return figure(drawn -> auc(drawn) - other.auc(drawn));
    }

    Figure brier() {
        return figure(drawn -> mean(drawn, Reliability::brier));
    }

    Figure slope() {
        return figure(drawn ->
                mean(drawn, (scored, weight) -> LogitLine.fit(scored, weight).slope()));
    }

    Figure intercept() {
        return figure(drawn -> mean(drawn, LogitLine::inTheLarge));
    }

    Figure sensitivity(double threshold) {
        return figure(drawn -> mean(drawn, (scored, weight) -> share(scored, weight, true, threshold)));
    }

    Figure specificity(double threshold) {
        return figure(drawn -> mean(drawn, (scored, weight) -> share(scored, weight, false, threshold)));
    }

    private Figure figure(ToDoubleFunction<Map<String, Integer>> statistic) {
        return new Figure(statistic, bootstrap);
    }

    private double auc(Map<String, Integer> drawn) {
        return mean(drawn, (scored, weight) -> RocCurve.auc(scored, ScoredCase::positive, weight));
    }

    private double mean(
            Map<String, Integer> drawn, ToDoubleBiFunction<List<ScoredCase>, ToDoubleFunction<ScoredCase>> statistic) {
        double sum = 0;
        for (List<ScoredCase> repeat : sorted) {
            sum += statistic.applyAsDouble(repeat, one -> drawn.getOrDefault(one.cluster(), 0));
        }
        return sum / sorted.size();
    }

    /** Of the positives the share that is called, or of the negatives the share that is not. */
    private static double share(
            List<ScoredCase> scored, ToDoubleFunction<ScoredCase> weight, boolean positive, double threshold) {
        double total = 0;
        double right = 0;
        for (ScoredCase one : scored) {
            if (one.positive() == positive) {
                total += weight.applyAsDouble(one);
                right += one.probability() >= threshold == positive ? weight.applyAsDouble(one) : 0;
            }
        }
        return right / total;
    }
}
