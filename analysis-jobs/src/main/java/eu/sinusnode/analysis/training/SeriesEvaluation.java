package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.risk.RhythmSeriesRule;
import eu.sinusnode.analysis.training.evaluation.ClusterBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The windows of each five minutes under the rule that decides on a patient's recording. */
final class SeriesEvaluation {

    private final List<Series> series;

    private record Series(String record, boolean positive, boolean longNormal, RhythmSeriesRule rule) {}

    SeriesEvaluation(List<ScoredWindow> scored, double threshold) {
        Map<String, List<ScoredWindow>> grouped = new LinkedHashMap<>();
        for (ScoredWindow window : scored) {
            String key = window.window().record() + '#' + window.window().series();
            grouped.computeIfAbsent(key, ignored -> new ArrayList<>()).add(window);
        }
        this.series =
                grouped.values().stream().map(group -> series(group, threshold)).toList();
    }

    private static Series series(List<ScoredWindow> group, double threshold) {
        long positive =
                group.stream().filter(window -> window.window().positive()).count();
        long above = group.stream()
                .filter(window -> window.probability() >= threshold)
                .count();
        return new Series(
                group.get(0).window().record(),
                positive * 2 > group.size(),
                group.stream().allMatch(window -> window.window().longNormal()),
                new RhythmSeriesRule(group.size(), (int) above));
    }

    EvaluationFigures.SeriesFigures figures(ClusterBootstrap bootstrap) {
        Predicate<Series> scorable = one -> one.rule().isScorable();
        Predicate<Series> positive = scorable.and(Series::positive);
        Predicate<Series> negative = scorable.and(one -> !one.positive());
        Predicate<Series> suspected = one -> one.rule().isSuspected();
        return new EvaluationFigures.SeriesFigures(
                (int) (LabelledWindow.SERIES_MS / 60_000),
                count(scorable),
                count(scorable.negate()),
                count(positive),
                bootstrap.estimate(drawn -> share(positive, suspected, drawn)),
                bootstrap.estimate(drawn -> share(negative, suspected.negate(), drawn)),
                bootstrap.estimate(drawn -> share(negative.and(Series::longNormal), suspected.negate(), drawn)));
    }

    private int count(Predicate<Series> which) {
        return (int) series.stream().filter(which).count();
    }

    private double share(Predicate<Series> among, Predicate<Series> what, Map<String, Integer> drawn) {
        double total = 0;
        double hits = 0;
        for (Series one : series) {
            if (among.test(one)) {
                int weight = drawn.getOrDefault(one.record(), 0);
                total += weight;
                hits += what.test(one) ? weight : 0;
            }
        }
        return hits / total;
    }
}
