package eu.sinusnode.analysis.training.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Receiver operating characteristic of scored rows. */
public final class RocCurve {

    private static final int POINTS = 400;

    private RocCurve() {}

    /** In the order that {@link #auc} needs. */
    public static <P extends Prediction> List<P> sorted(List<P> scored) {
        return scored.stream()
                .sorted(Comparator.comparingDouble(Prediction::probability))
                .toList();
    }

    /**
     * Area under the curve; ties in probability count half. Not a number when one of the two kinds has no weight.
     *
     * @param sorted by rising probability
     * @param weight of a row; 0 leaves it out
     */
    public static <P extends Prediction> double auc(
            List<P> sorted, Predicate<? super P> positive, ToDoubleFunction<? super P> weight) {
        double positives = 0;
        double negatives = 0;
        double area = 0;
        int from = 0;
        while (from < sorted.size()) {
            double tiedPositive = 0;
            double tiedNegative = 0;
            double probability = sorted.get(from).probability();
            int to = from;
            while (to < sorted.size() && sorted.get(to).probability() == probability) {
                P one = sorted.get(to++);
                if (positive.test(one)) {
                    tiedPositive += weight.applyAsDouble(one);
                } else {
                    tiedNegative += weight.applyAsDouble(one);
                }
            }
            area += tiedPositive * (negatives + tiedNegative / 2);
            positives += tiedPositive;
            negatives += tiedNegative;
            from = to;
        }
        return area / (positives * negatives);
    }

    /**
     * Points of the curve from (1, 1) to (0, 0), some hundreds at most: x is the share of negatives that is called, y
     * that of positives.
     */
    static List<double[]> points(List<? extends Prediction> scored) {
        List<? extends Prediction> sorted = sorted(scored);
        double positives = sorted.stream().filter(Prediction::positive).count();
        double negatives = sorted.size() - positives;
        List<double[]> points = new ArrayList<>();
        double missed = 0;
        double rejected = 0;
        int step = Math.max(1, sorted.size() / POINTS);
        for (int i = 0; i < sorted.size(); i++) {
            if (i % step == 0) {
                points.add(new double[] {1 - rejected / negatives, 1 - missed / positives});
            }
            if (sorted.get(i).positive()) {
                missed++;
            } else {
                rejected++;
            }
        }
        points.add(new double[] {0, 0});
        return points;
    }
}
