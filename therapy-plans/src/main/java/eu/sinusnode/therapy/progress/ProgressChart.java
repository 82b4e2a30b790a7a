package eu.sinusnode.therapy.progress;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Draws how much was kept week by week, a row an activity: a bar's full height is what was due, the filled part what was done. It needs no
 * script and no font of its own, and says the same in words for who cannot see it.
 */
public final class ProgressChart {

    private static final int LABEL = 230;
    private static final int BAR = 46;
    private static final int GAP = 14;
    private static final int ROW = 84;
    private static final int HEIGHT = 48;
    private static final int TOP = 24;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** One activity, under its name. */
    public record Row(String name, Kept kept) {}

    private ProgressChart() {}

    /** An SVG document. */
    public static byte[] draw(List<Row> rows) {
        int weeks =
                rows.stream().mapToInt(row -> row.kept().weeks().size()).max().orElse(0);
        int width = LABEL + Math.max(1, weeks) * (BAR + GAP) + GAP;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"13\">\n"
                        .formatted(width, TOP + rows.size() * ROW));
        svg.append("<title>Kept of what was planned, week by week</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * ROW);
        }
        return svg.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder svg, Row row, int y) {
        Kept kept = row.kept();
        text(svg, GAP, y + 20, "start", "#1c2b33", row.name());
        text(
                svg,
                GAP,
                y + 38,
                "start",
                "#5a6b75",
                kept.planned() == 0 ? "nothing was due yet" : "%d of %d".formatted(kept.kept(), kept.planned()));
        int x = LABEL;
        for (Kept.Week week : kept.weeks()) {
            int filled = Math.round((float) HEIGHT * week.kept() / week.planned());
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"#dfe6ea\"><title>%s: %d of %d</title></rect>\n"
                            .formatted(x, y, BAR, HEIGHT, DAY.format(week.monday()), week.kept(), week.planned()));
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"#0b7285\"/>\n"
                    .formatted(x, y + HEIGHT - filled, BAR, filled));
            text(svg, x + BAR / 2, y + HEIGHT + 16, "middle", "#5a6b75", DAY.format(week.monday()));
            x += BAR + GAP;
        }
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String colour, String text) {
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
                .formatted(x, y, anchor, colour, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
