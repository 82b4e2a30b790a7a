package eu.sinusnode.analysis.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** ROC and calibration curves as SVG, 420 by 420. The same figures give the same bytes. */
public final class Pictures {

    private static final double LEFT = 50;
    private static final double BOTTOM = 370;
    private static final double SIDE = 340;

    private Pictures() {}

    /** @param scored rows of both kinds */
    public static String roc(List<? extends Prediction> scored, String title) {
        List<String> points = new ArrayList<>();
        for (double[] point : RocCurve.points(scored)) {
            points.add(at(point[0], point[1]));
        }
        double auc = RocCurve.auc(RocCurve.sorted(scored), Prediction::positive, one -> 1);
        return frame(
                title,
                "1 - specificity",
                "sensitivity",
                "  <path d=\"M%s\" fill=\"none\" stroke=\"#b00020\" stroke-width=\"2\"/>\n"
                                .formatted(String.join(" L", points))
                        + "  <text x=\"380\" y=\"355\" text-anchor=\"end\">AUC %s</text>\n".formatted(four(auc)));
    }

    /** The observed share against the predicted one; a circle's area grows with the number of rows in its tenth. */
    public static String calibration(Reliability reliability, String title) {
        List<String> line = new ArrayList<>();
        StringBuilder circles = new StringBuilder();
        int total =
                reliability.bins().stream().mapToInt(Reliability.Bin::windows).sum();
        for (Reliability.Bin bin : reliability.bins()) {
            Double predicted = bin.predicted();
            Double observed = bin.observed();
            if (predicted == null || observed == null) {
                continue;
            }
            line.add(at(predicted, observed));
            circles.append(String.format(
                    Locale.ROOT,
                    "  <circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1a5fb4\" fill-opacity=\"0.7\"/>\n",
                    LEFT + SIDE * predicted,
                    BOTTOM - SIDE * observed,
                    2.5 + 12 * Math.sqrt(bin.windows() / (double) total)));
        }
        String path = line.isEmpty()
                ? ""
                : "  <path d=\"M%s\" fill=\"none\" stroke=\"#1a5fb4\"/>\n".formatted(String.join(" L", line));
        String words = "  <text x=\"380\" y=\"340\" text-anchor=\"end\">slope %s, intercept %s</text>\n"
                        .formatted(orDash(reliability.slope()), orDash(reliability.intercept()))
                + "  <text x=\"380\" y=\"355\" text-anchor=\"end\">Brier score %s</text>\n"
                        .formatted(orDash(reliability.brier()));
        return frame(title, "predicted probability", "observed share", path + circles + words);
    }

    private static String frame(String title, String across, String up, String content) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="420" height="420" font-family="sans-serif" font-size="12">
                  <rect width="420" height="420" fill="white"/>
                  <rect x="50" y="30" width="340" height="340" fill="none" stroke="#999"/>
                  <path d="M50 370 L390 30" stroke="#ccc" stroke-dasharray="4"/>
                """ + content + """
                  <text x="220" y="20" text-anchor="middle">%s</text>
                  <text x="50" y="385" text-anchor="middle">0</text>
                  <text x="390" y="385" text-anchor="middle">1</text>
                  <text x="44" y="374" text-anchor="end">0</text>
                  <text x="44" y="34" text-anchor="end">1</text>
                  <text x="220" y="400" text-anchor="middle">%s</text>
                  <text x="24" y="200" text-anchor="middle" transform="rotate(-90 24 200)">%s</text>
                </svg>
                """.formatted(title, across, up);
    }

    private static String at(double x, double y) {
        return String.format(Locale.ROOT, "%.1f %.1f", LEFT + SIDE * x, BOTTOM - SIDE * y);
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String orDash(@Nullable Double value) {
        return value == null ? "-" : Estimate.text(value, 2);
    }
}
