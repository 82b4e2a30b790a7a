package eu.sinusnode.analysis.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Receiver operating characteristic of scored windows. */
final class RocCurve {

    private RocCurve() {}

    /** In the order that {@link #auc} needs. */
    static List<ScoredWindow> sorted(List<ScoredWindow> windows) {
        return windows.stream()
                .sorted(Comparator.comparingDouble(ScoredWindow::probability))
                .toList();
    }

    /**
     * Area under the curve; ties in probability count half. Not a number when one of the two kinds has no weight.
     *
     * @param sorted windows by rising probability
     * @param weight of a window; 0 leaves it out
     */
    static double auc(
            List<ScoredWindow> sorted, Predicate<ScoredWindow> positive, ToDoubleFunction<ScoredWindow> weight) {
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
                ScoredWindow window = sorted.get(to++);
                if (positive.test(window)) {
                    tiedPositive += weight.applyAsDouble(window);
                } else {
                    tiedNegative += weight.applyAsDouble(window);
                }
            }
            area += tiedPositive * (negatives + tiedNegative / 2);
            positives += tiedPositive;
            negatives += tiedNegative;
            from = to;
        }
        return area / (positives * negatives);
    }

    /** A picture of the curve, 420 by 420. */
    static String svg(List<ScoredWindow> windows, Predicate<ScoredWindow> positive, String title) {
        List<ScoredWindow> sorted = sorted(windows);
        double positives = sorted.stream().filter(positive).count();
        double negatives = sorted.size() - positives;
        List<String> points = new ArrayList<>();
        double missed = 0;
        double rejected = 0;
        int step = Math.max(1, sorted.size() / 400);
        for (int i = 0; i < sorted.size(); i++) {
            if (i % step == 0) {
                points.add(point(1 - rejected / negatives, 1 - missed / positives));
            }
            if (positive.test(sorted.get(i))) {
                missed++;
            } else {
                rejected++;
            }
        }
        points.add(point(0, 0));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="420" height="420" font-family="sans-serif" font-size="12">
                  <rect width="420" height="420" fill="white"/>
                  <rect x="50" y="30" width="340" height="340" fill="none" stroke="#999"/>
                  <path d="M50 370 L390 30" stroke="#ccc" stroke-dasharray="4"/>
                  <path d="M%s" fill="none" stroke="#b00020" stroke-width="2"/>
                  <text x="220" y="20" text-anchor="middle">%s</text>
                  <text x="220" y="400" text-anchor="middle">1 - specificity</text>
                  <text x="16" y="200" text-anchor="middle" transform="rotate(-90 16 200)">sensitivity</text>
                  <text x="380" y="355" text-anchor="end">AUC %s</text>
                </svg>
                """.formatted(
                        String.join(" L", points),
                        title,
                        String.format(Locale.ROOT, "%.4f", auc(sorted, positive, window -> 1)));
    }

    private static String point(double falsePositiveRate, double sensitivity) {
        return String.format(Locale.ROOT, "%.1f %.1f", 50 + 340 * falsePositiveRate, 370 - 340 * sensitivity);
    }
}
