package eu.sinusnode.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What more patients need, computed from what was measured. Change a constant here and make the page again.
 *
 * @param patients of the deployment
 * @param bytes on disk for a vital, indexes included
 */
record Growth(double patients, double bytes) {

    /** {@code ./sinusnode bench import}, 2026-11-28. */
    static final double BYTES = 4586;

    static final double MUST_BYTES = 3500;
    static final double AIM_BYTES = 2000;

    /** Of the bytes, by the table of the import. */
    static final double INDEX_SHARE = 0.39;

    /** {@code ./sinusnode bench ingest --against STOCK}, 2026-11-29: server and PostgreSQL, transactions of 100. */
    static final double INGEST_CPU_MS = 0.96;

    /** {@code ./sinusnode bench import}: server and PostgreSQL. */
    static final double IMPORT_CPU_MS = 0.34;

    /** Of that, PostgreSQL. */
    static final double IMPORT_DATABASE_CPU_MS = 0.18;

    /** {@code ./sinusnode bench read}, 2026-11-29: server and PostgreSQL, the newest 20 of a patient and code. */
    static final double SEARCH_CPU_MS = 12.3;

    /** {@code ./sinusnode bench risk}: a patient read, and scored. */
    static final double RISK_CPU_MS = 1.33;

    /** Supposed. */
    static final double VITALS_A_DAY = 5;

    static final double SEARCHES_A_DAY = 10;
    /** Of a day's requests, in the busiest hour. */
    static final double PEAK_HOUR = 0.10;
    /** Of a core, so that waiting stays short. */
    static final double USED = 0.6;
    /** Written to the log for each byte that stays; supposed, not measured. */
    static final double LOG = 2;
    /** Bytes a second that a backup reads or a restore writes; supposed. */
    static final double BACKUP = 500e6;

    private static final List<Double> SIZES = List.of(1e6, 1e7, 1e8);

    double vitalsAYear() {
        return patients * VITALS_A_DAY * 365;
    }

    /** Vitals a second in the busiest hour. */
    double peak() {
        return patients * VITALS_A_DAY * PEAK_HOUR / 3600;
    }

    double bytesAYear() {
        return vitalsAYear() * bytes;
    }

    /** Of the indexes, one page in 200 lies above the leaves; and the newest month, which is written and read most. */
    double hotBytes() {
        double indexes = bytesAYear() * INDEX_SHARE;
        return indexes / 200 + indexes / 12;
    }

    /** For ingest by bundles and for searches, in the busiest hour. */
    double cores() {
        double searches = patients * SEARCHES_A_DAY * PEAK_HOUR / 3600;
        return (peak() * INGEST_CPU_MS + searches * SEARCH_CPU_MS) / 1000 / USED;
    }

    double logBytesASecond() {
        return peak() * bytes * LOG;
    }

    double backupHours() {
        return bytesAYear() / BACKUP / 3600;
    }

    /** Core-hours of a look at everybody. */
    double riskCoreHours() {
        return patients * RISK_CPU_MS / 1000 / 3600;
    }

    /** The rows of the table, for one size of a vital. */
    static String table(double bytes) {
        StringBuilder text = new StringBuilder("| | 1 million | 10 million | 100 million |\n|---|---|---|---|\n");
        row(text, bytes, "vitals a year", growth -> Page.number(growth.vitalsAYear() / 1e9) + " thousand million");
        row(text, bytes, "vitals a second in the busiest hour", growth -> Page.number(growth.peak()));
        row(text, bytes, "disk for a year", growth -> bytes(growth.bytesAYear()));
        row(text, bytes, "RAM for what is hot of the indexes", growth -> bytes(growth.hotBytes()));
        row(text, bytes, "cores in the busiest hour", growth -> Page.number(growth.cores()));
        row(text, bytes, "log (WAL) a second in that hour", growth -> bytes(growth.logBytesASecond()));
        row(text, bytes, "backup or restore of a year, hours", growth -> Page.number(growth.backupHours()));
        row(
                text,
                bytes,
                "a look of the risk job at everybody, core-hours",
                growth -> Page.number(growth.riskCoreHours()));
        return text.toString();
    }

    private static void row(StringBuilder text, double bytes, String what, Function<Growth, String> figure) {
        text.append("| ").append(what);
        SIZES.forEach(patients -> text.append(" | ").append(figure.apply(new Growth(patients, bytes))));
        text.append(" |\n");
    }

    /** In units of 1000. */
    static String bytes(double bytes) {
        List<String> units = List.of("B", "kB", "MB", "GB", "TB", "PB");
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.size() - 1) {
            value /= 1000;
            unit++;
        }
        return Page.number(value) + " " + units.get(unit);
    }

    /** Disk after one to ten years by the bytes of a vital, for a million patients, with what one table can have. */
    static String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="640" height="300" font-family="sans-serif" font-size="12">
                  <rect width="640" height="300" fill="white"/>
                  <text x="10" y="20" font-size="14">Disk of a million patients, TB, by years</text>
                  <path d="M60 40 V250 H560" fill="none" stroke="#999"/>
                """);
        double top = new Growth(1e6, BYTES).bytesAYear() * 10;
        for (int year = 0; year <= 10; year += 2) {
            svg.append(String.format(
                    Locale.ROOT,
                    "  <text x=\"%d\" y=\"268\" text-anchor=\"middle\">%d</text>\n",
                    60 + year * 50,
                    year));
        }
        for (int part = 0; part <= 4; part++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "  <text x=\"54\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>\n",
                    254 - 52.5 * part,
                    top * part / 4 / 1e12));
        }
        List<String> colours = List.of("#b3243b", "#e07b16", "#2a7f62");
        List<String> words = List.of("measured", "must", "aim");
        List<Double> sizes = new ArrayList<>(List.of(BYTES, MUST_BYTES, AIM_BYTES));
        for (int i = 0; i < sizes.size(); i++) {
            double end = 250 - 210 * new Growth(1e6, sizes.get(i)).bytesAYear() * 10 / top;
            svg.append(String.format(
                    Locale.ROOT,
                    "  <path d=\"M60 250 L560 %1$.1f\" stroke=\"%2$s\" stroke-width=\"2\"/>\n"
                            + "  <text x=\"566\" y=\"%3$.1f\" fill=\"%2$s\">%4$s, %5$s</text>\n",
                    end,
                    colours.get(i),
                    end + 4,
                    words.get(i),
                    bytes(sizes.get(i))));
        }
        return svg.append("</svg>\n").toString();
    }
}
