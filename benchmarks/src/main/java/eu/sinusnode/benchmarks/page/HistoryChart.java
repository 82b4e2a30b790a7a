package eu.sinusnode.benchmarks.page;

import java.util.List;
import java.util.Locale;

/** One figure over commits as SVG, with the line of what it must come to. The same figures give the same bytes. */
final class HistoryChart {

    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int HEIGHT = 160;
    private static final int WIDTH = 560;

    private HistoryChart() {}

    /** @param label below the point: the commit */
    record Point(String label, double value) {}

    /** @param points the oldest first, at least two */
    static String svg(Aim aim, List<Point> points) {
        double top = 1.1
                * Math.max(
                        aim.must(),
                        points.stream().mapToDouble(Point::value).max().orElseThrow());
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="640" height="240" font-family="sans-serif" font-size="12">
                  <rect width="640" height="240" fill="white"/>
                  <text x="10" y="20" font-size="14">%s</text>
                  <path d="M60 40 V200 H620" fill="none" stroke="#999"/>
                  <path d="M60 %2$.1f H620" stroke="#b3243b" stroke-dasharray="4"/>
                  <text x="54" y="%2$.1f" text-anchor="end">must</text>
                  <text x="54" y="204" text-anchor="end">0</text>
                """, aim.what().replace("`", ""), y(aim.must(), top)));
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double x = LEFT + WIDTH * (i + 0.5) / points.size();
            svg.append(String.format(
                    Locale.ROOT,
                    "  <circle cx=\"%1$.1f\" cy=\"%2$.1f\" r=\"4\" fill=\"#1a5fb4\"/>\n"
                            + "  <text x=\"%1$.1f\" y=\"%3$.1f\" text-anchor=\"middle\">%4$s</text>\n"
                            + "  <text x=\"%1$.1f\" y=\"220\" text-anchor=\"middle\" fill=\"#555\">%5$s</text>\n",
                    x,
                    y(point.value(), top),
                    y(point.value(), top) - 8,
                    Page.number(point.value()),
                    point.label()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double y(double value, double top) {
        return TOP + HEIGHT * (1 - value / top);
    }
}
