package eu.sinusnode.benchmarks.access;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long requests waited for their audit entries, of the server's own metric {@code sinusnode_audit_record_seconds}.
 *
 * @param entries recorded
 * @param withinTenth those of them within a tenth of a millisecond
 * @param withinMilli those within a millisecond
 * @param seconds of all together
 */
record AuditDelay(long entries, long withinTenth, long withinMilli, double seconds) {

    private static final String METRIC = "sinusnode_audit_record_seconds";
    private static final double TENTH_OF_A_MILLISECOND = 0.0001;
    private static final double MILLISECOND = 0.001;

    /**
     * Reads it from the text of {@code /actuator/prometheus}.
     *
     * @throws IllegalArgumentException when the metric is not there
     */
    static AuditDelay of(String metrics) {
        return new AuditDelay(
                (long) value(metrics, "_count", ""),
                (long) bucket(metrics, TENTH_OF_A_MILLISECOND),
                (long) bucket(metrics, MILLISECOND),
                value(metrics, "_sum", ""));
    }

    private static double bucket(String metrics, double bound) {
        Matcher bounds =
                Pattern.compile(METRIC + "_bucket\\{[^}]*le=\"([0-9.eE-]+)\"").matcher(metrics);
        while (bounds.find()) {
            if (Math.abs(Double.parseDouble(bounds.group(1)) - bound) < bound / 1000) {
                return value(metrics, "_bucket", Pattern.quote("le=\"" + bounds.group(1) + "\""));
            }
        }
        throw new IllegalArgumentException(METRIC + " has no bucket up to " + bound + " s.");
    }

    private static double value(String metrics, String suffix, String label) {
        String labels = label.isEmpty() ? "(?:\\{[^}]*})?" : "\\{[^}]*" + label + "[^}]*}";
        Matcher line =
                Pattern.compile("(?m)^" + METRIC + suffix + labels + " (\\S+)$").matcher(metrics);
        if (!line.find()) {
            throw new IllegalArgumentException("The metrics have no " + METRIC + suffix + ".");
        }
        return Double.parseDouble(line.group(1));
    }

    /** What came to it since. */
    AuditDelay since(AuditDelay before) {
        return new AuditDelay(
                entries - before.entries,
                withinTenth - before.withinTenth,
                withinMilli - before.withinMilli,
                seconds - before.seconds);
    }

    double meanMicros() {
        return seconds * 1e6 / entries;
    }

    double shareWithinMilli() {
        return (double) withinMilli / entries;
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "  audit    %d entries recorded while requests waited, %.0f us each: %.2f %% within 0.1 ms, %.3f %% within 1 ms",
                entries,
                meanMicros(),
                100.0 * withinTenth / entries,
                100 * shareWithinMilli());
    }
}
