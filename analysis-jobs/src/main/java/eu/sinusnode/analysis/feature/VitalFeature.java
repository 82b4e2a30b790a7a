package eu.sinusnode.analysis.feature;

import eu.sinusnode.analysis.quality.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One feature of vital readings over a window.
 *
 * @param column its name in tables and reports, e.g. {@code systolic-slope}
 * @param display words for a clinician
 * @param unit UCUM code
 */
public record VitalFeature(
        String column, String display, String unit, Function<FeatureWindow, FeatureValue> definition) {

    private static final Map<Measurement, String> TREATED = Map.of(
            Measurement.SYSTOLIC, "systolic pressure",
            Measurement.DIASTOLIC, "diastolic pressure",
            Measurement.HEART_RATE, "heart rate",
            Measurement.RESTING_HEART_RATE, "resting heart rate",
            Measurement.BODY_WEIGHT, "body weight",
            Measurement.OXYGEN_SATURATION, "oxygen saturation");

    /** All of them, always in this order. */
    public static final List<VitalFeature> ALL = all();

    public FeatureValue of(FeatureWindow window) {
        return definition.apply(window);
    }

    private static List<VitalFeature> all() {
        List<VitalFeature> all = new ArrayList<>();
        for (Measurement measurement : Measurement.values()) {
            String display = TREATED.get(measurement);
            if (display != null) {
                addDaily(all, measurement, display);
            }
        }
        all.add(dip(Measurement.SYSTOLIC, "systolic pressure"));
        all.add(dip(Measurement.HEART_RATE, "heart rate"));
        all.add(gain("body-weight-gain-3d", 3));
        all.add(gain("body-weight-gain-7d", 7));
        all.add(new VitalFeature(
                "heart-rate-response", "heart rate above rest in daily life", "/min", HeartRateResponse::of));
        return List.copyOf(all);
    }

    private static void addDaily(List<VitalFeature> all, Measurement measurement, String display) {
        for (DayStatistic statistic : DayStatistic.values()) {
            all.add(new VitalFeature(
                    prefix(measurement) + statistic.column(),
                    display + ", " + statistic.display(),
                    statistic.unit(measurement.unit()),
                    window -> statistic.of(window.of(measurement))));
        }
        all.add(new VitalFeature(
                prefix(measurement) + "measured-share",
                display + ", days measured",
                "%",
                window -> Adherence.measuredShare(window.of(measurement), window)));
        all.add(new VitalFeature(
                prefix(measurement) + "longest-gap",
                display + ", longest time without a value",
                "d",
                window -> Adherence.longestGap(window.of(measurement), window)));
    }

    private static VitalFeature dip(Measurement measurement, String display) {
        return new VitalFeature(
                prefix(measurement) + "night-dip",
                display + ", fall at night",
                "%",
                window -> NightDip.of(window.of(measurement)));
    }

    private static VitalFeature gain(String column, int days) {
        return new VitalFeature(
                column,
                "body weight gained in " + days + " days",
                "kg",
                window -> WeightChange.of(window.of(Measurement.BODY_WEIGHT), Duration.ofDays(days)));
    }

    private static String prefix(Measurement measurement) {
        return measurement.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-";
    }
}
