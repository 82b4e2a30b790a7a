package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.signal.Reading;
import java.util.Locale;

/** What was generated, for people: how much of each kind, and how fast. */
final class SummaryText {

    private SummaryText() {}

    static String of(CohortSummary summary, double seconds) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d patients, %,d vital readings, %,d activities (%,d readings sent twice), %,d recordings,",
                summary.patients(),
                summary.vitals(),
                summary.activities(),
                summary.resent(),
                summary.recordings());
        line(
                text,
                "%,d labels of truth, %,d bundles: %.1f s, %,.0f readings/s",
                summary.labels(),
                summary.bundles(),
                seconds,
                (summary.vitals() + summary.activities()) / seconds);
        for (Reading.Kind kind : Reading.Kind.values()) {
            Long count = summary.readings().get(kind);
            if (count != null) {
                line(text, "  %-20s %,12d", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), count);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
