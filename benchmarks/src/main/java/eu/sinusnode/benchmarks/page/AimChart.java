package eu.sinusnode.benchmarks.page;

import java.util.List;
import java.util.Locale;

/**
 * How far each figure is from what it must come to, as SVG. Bars go from the line of what they must, to the right where it is
 * reached, by powers of two; a tick is the aim. The same figures give the same bytes.
 */
final class AimChart {

    private static final int ROW = 24;
    private static final int TOP = 50;
    private static final int MIDDLE = 560;
    private static final int DOUBLING = 80;
    /** Beyond eight times and an eighth bars end. */
    private static final double END = 3;

    private AimChart() {}

    /** @param value of the aim's figure */
    record Bar(Aim aim, double value) {}

    static String svg(String title, List<Bar> bars) {
        int height = TOP + ROW * bars.size() + 30;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="840" height="%1$d" font-family="sans-serif" font-size="12">
                  <rect width="840" height="%1$d" fill="white"/>
                  <text x="10" y="20" font-size="14">%2$s</text>
                """, height, title));
        for (int i = -2; i <= 2; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "  <path d=\"M%1$d %2$d V%3$d\" stroke=\"%4$s\"/>\n"
                            + "  <text x=\"%1$d\" y=\"40\" text-anchor=\"middle\">%5$s</text>\n",
                    MIDDLE + i * DOUBLING,
                    TOP - 4,
                    height - 24,
                    i == 0 ? "#333" : "#ddd",
                    i == 0 ? "must" : (i < 0 ? "1/" + (1 << -i) : (1 << i) + " ×")));
        }
        for (int i = 0; i < bars.size(); i++) {
            svg.append(row(bars.get(i), TOP + i * ROW));
        }
        svg.append(String.format(
                Locale.ROOT,
                "  <text x=\"10\" y=\"%d\" fill=\"#555\">Right of the line: does what it must. Tick: the aim.</text>\n",
                height - 8));
        return svg.append("</svg>\n").toString();
    }

    private static String row(Bar bar, int y) {
        double end = at(bar.aim().reached(bar.value()));
        return String.format(
                Locale.ROOT,
                "  <text x=\"10\" y=\"%d\">%s: %s</text>\n"
                        + "  <rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>\n"
                        + "  <path d=\"M%.1f %d v18\" stroke=\"#333\" stroke-width=\"2\"/>\n",
                y + 14,
                bar.aim().what().replace("`", ""),
                Page.number(bar.value()),
                Math.min(MIDDLE, end),
                y + 3,
                Math.max(1, Math.abs(end - MIDDLE)),
                end >= MIDDLE ? "#2a7f62" : "#b3243b",
                at(bar.aim().reached(bar.aim().aim())),
                y + 1);
    }

    private static double at(double reached) {
        double doublings = Math.log(reached) / Math.log(2);
        return MIDDLE + DOUBLING * Math.max(-END, Math.min(END, doublings));
    }
}
