package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.signal.PatientSignals;
import eu.sinusnode.sampledata.signal.Reading;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import eu.sinusnode.sampledata.signal.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Draws one day of one patient as SVG. */
final class DayPicture {

    private static final int LEFT = 50;
    private static final int TOP = 40;
    private static final int HOUR_WIDTH = 32;
    private static final int HEIGHT = 240;
    private static final int LEAST = 40;
    private static final int MOST = 160;

    private final PatientSignals signals;
    private final Timeline timeline;
    private final int day;
    private final StringBuilder svg = new StringBuilder();

    DayPicture(PatientSignals signals, Timeline timeline) {
        this.signals = signals;
        this.timeline = timeline;
        this.day = completeDay();
    }

    /** The first day with a training, four pressures at home, steps and a night on either side. */
    private int completeDay() {
        for (int candidate = 1; candidate < timeline.days(); candidate++) {
            long from = timeline.midnight(candidate);
            long to = timeline.midnight(candidate + 1);
            if (count(r -> r.kind() == Kind.TRAINING && r.second() >= from && r.second() < to) == 1
                    && count(r -> r.kind() == Kind.BLOOD_PRESSURE && r.second() >= from && r.second() < to) == 4
                    && count(r -> r.kind() == Kind.STEPS && r.second() == from) == 1
                    && count(r -> r.kind() == Kind.SLEEP && r.end() > from && r.second() < to) == 2) {
                return candidate;
            }
        }
        throw new IllegalStateException("no day has everything");
    }

    private long count(Predicate<Reading> condition) {
        return signals.deliveries().stream().filter(condition).distinct().count();
    }

    String svg() {
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"880\" height=\"350\" font-family=\"sans-serif\" "
                        + "font-size=\"12\">\n<title>One generated day: heart rate, blood pressure, sleep and training</title>\n");
        for (Reading night : today(Kind.SLEEP)) {
            band(night, "#dfe6f3", String.format(Locale.ROOT, "asleep %.1f h", night.value() / 10.0));
        }
        for (Reading training : today(Kind.TRAINING)) {
            band(training, "#fde3c8", "training, " + training.lasting() / 60 + " min");
        }
        axes();
        today(Kind.BLOOD_PRESSURE)
                .forEach(pressure -> add(
                        "<line x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\" stroke=\"#2a7f62\" stroke-width=\"3\"/>",
                        x(pressure.second()), y(pressure.value()), y(pressure.companion())));
        dots(Kind.HEART_RATE, "#b3243b");
        dots(Kind.RESTING_HEART_RATE, "#5b3fa0");
        dots(Kind.TRAINING_HEART_RATE, "#e07b16");
        legend();
        return svg.append("</svg>\n").toString();
    }

    private List<Reading> today(Kind kind) {
        long from = timeline.midnight(day);
        long to = timeline.midnight(day + 1);
        return signals.deliveries().stream()
                .filter(reading -> reading.kind() == kind && reading.end() >= from && reading.second() < to)
                .sorted(Comparator.comparingLong(Reading::second))
                .toList();
    }

    private void band(Reading reading, String colour, String words) {
        double from = x(Math.max(reading.second(), timeline.midnight(day)));
        double to = x(Math.min(reading.end(), timeline.midnight(day + 1)));
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                from, TOP, to - from, HEIGHT, colour);
        add(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>",
                Math.max(LEFT + 45, Math.min(LEFT + 24 * HOUR_WIDTH - 45, (from + to) / 2)), TOP - 6, words);
    }

    private void axes() {
        for (int value = LEAST; value <= MOST; value += 20) {
            add(
                    "<line x1=\"%d\" y1=\"%2$.1f\" x2=\"%3$d\" y2=\"%2$.1f\" stroke=\"#ddd\"/>",
                    LEFT, y(value), LEFT + 24 * HOUR_WIDTH);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>", LEFT - 6, y(value) + 4, value);
        }
        for (int hour = 0; hour <= 24; hour += 3) {
            add(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%02d:00</text>",
                    LEFT + hour * HOUR_WIDTH, TOP + HEIGHT + 18, hour);
        }
    }

    private void dots(Kind kind, String colour) {
        today(kind)
                .forEach(reading -> add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
                        x(reading.second()), y(reading.value()), colour));
    }

    private void legend() {
        add(
                "<text x=\"%d\" y=\"%d\"><tspan fill=\"#b3243b\">heart rate, /min</tspan>  "
                        + "<tspan fill=\"#5b3fa0\" dx=\"12\">at rest</tspan>  "
                        + "<tspan fill=\"#e07b16\" dx=\"12\">in training and after it</tspan>  "
                        + "<tspan fill=\"#2a7f62\" dx=\"12\">blood pressure, mmHg</tspan></text>",
                LEFT, TOP + HEIGHT + 42);
        add(
                "<text x=\"%d\" y=\"%d\" fill=\"#555\">%s: %d steps</text>",
                LEFT,
                TOP + HEIGHT + 62,
                timeline.date(day),
                today(Kind.STEPS).stream()
                        .filter(steps -> steps.second() == timeline.midnight(day))
                        .findFirst()
                        .orElseThrow()
                        .value());
    }

    private double x(long second) {
        return LEFT + (second - timeline.midnight(day)) * HOUR_WIDTH / 3600.0;
    }

    private static double y(int value) {
        return TOP + HEIGHT * (double) (MOST - value) / (MOST - LEAST);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
