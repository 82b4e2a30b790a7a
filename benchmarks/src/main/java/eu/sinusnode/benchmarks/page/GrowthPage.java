package eu.sinusnode.benchmarks.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** docs/performance/growth.md: its text, with the tables of {@link Growth} in it. */
final class GrowthPage {

    private static final String TEXT = "growth.md";

    private GrowthPage() {}

    /** By file name. */
    static Map<String, String> pages() throws IOException {
        try (InputStream text = GrowthPage.class.getResourceAsStream(TEXT)) {
            if (text == null) {
                throw new IOException(TEXT + " is not on the class path.");
            }
            String page = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{constants}\n", constants())
                    .replace("{measured}\n", Growth.table(Growth.BYTES))
                    .replace("{must}\n", Growth.table(Growth.MUST_BYTES))
                    .replace("{aim}\n", Growth.table(Growth.AIM_BYTES));
            return Map.of(TEXT, page, "growth.svg", Growth.svg());
        }
    }

    private static String constants() {
        StringBuilder table = new StringBuilder("| | | from |\n|---|---|---|\n");
        row(table, "B, bytes on disk for a vital", Growth.BYTES, "`bench import`, 2026-11-28; must 3,500, aim 2,000");
        row(table, "of them indexes", Growth.INDEX_SHARE, "the table of the same run");
        row(
                table,
                "CPU-ms to take a vital in by bundles",
                Growth.INGEST_CPU_MS,
                "`bench ingest`, server and PostgreSQL");
        row(table, "CPU-ms to import a vital", Growth.IMPORT_CPU_MS, "`bench import`, server and PostgreSQL");
        row(table, "of them PostgreSQL's", Growth.IMPORT_DATABASE_CPU_MS, "the same");
        row(table, "CPU-ms of a patient's newest 20", Growth.SEARCH_CPU_MS, "`bench read`, server and PostgreSQL");
        row(table, "CPU-ms to score a patient", Growth.RISK_CPU_MS, "`bench risk`, 120,000 patients");
        row(table, "vitals a patient and day", Growth.VITALS_A_DAY, "supposed: two pressures, weight, pulse, steps");
        row(table, "searches a patient and day", Growth.SEARCHES_A_DAY, "supposed: app, clinic, insurer together");
        row(table, "of a day's work in the busiest hour", Growth.PEAK_HOUR, "supposed: mornings");
        row(table, "of a core that is used", Growth.USED, "supposed, so that waiting stays short");
        row(table, "bytes of log for a byte that stays", Growth.LOG, "supposed, not measured");
        row(table, "bytes a second of backup and restore", Growth.BACKUP, "supposed: one fast disk and network");
        return table.toString();
    }

    private static void row(StringBuilder table, String what, double value, String from) {
        table.append("| ")
                .append(what)
                .append(" | ")
                .append(Page.number(value))
                .append(" | ")
                .append(from)
                .append(" |\n");
    }
}
