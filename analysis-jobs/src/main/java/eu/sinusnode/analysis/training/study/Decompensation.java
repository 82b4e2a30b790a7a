package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.training.tabular.Design;
import eu.sinusnode.analysis.training.tabular.Grouping;
import eu.sinusnode.analysis.training.tabular.Input;
import java.util.List;
import java.util.stream.Stream;

/** Admission with decompensated heart failure in the next seven days; simulated patients. */
final class Decompensation {

    private static final Input RISE = Input.number("weight rise in three days", 0, 30, "weight_rise_3d_kg");
    private static final Input ABOVE = Input.number("weight above usual", -30, 30, "weight_above_usual_kg");
    private static final Input SLOPE = Input.number("weight slope", -30, 30, "weight_slope_14d_kg_week");
    private static final Input WEIGHED = Input.number("share of days weighed", 0, 1, "weighed_share_28d");
    private static final Input PULSE =
            Input.number("heart rate above usual", -80, 80, "resting_heart_rate_above_usual");
    /** No input of the shipped model: a run is not given steps. For the comparison alone. */
    private static final Input STEPS = Input.number("steps against usual", -5, 5, "log_steps_against_usual");

    private Decompensation() {}

    static Design design() {
        List<Input> shipped = List.of(RISE, ABOVE, SLOPE, WEIGHED, PULSE);
        return new Design(
                "decompensation",
                "decompensation-logistic",
                "1.1.0",
                "admission with decompensation ahead (synthetic)",
                new Design.Source("simulated patients, DecompensationSimulation", "of this project", true),
                List.of(
                        RISE,
                        ABOVE,
                        SLOPE,
                        WEIGHED,
                        PULSE,
                        STEPS,
                        Input.number("age", 18, 110, "age"),
                        Input.number("sex", 0, 1, "male")),
                shipped.stream().map(Input::name).toList(),
                List.of(RISE.name()),
                List.of(
                        new Design.Rival("share of positives alone", List.of()),
                        new Design.Rival("weight rise in three days alone", List.of(RISE.name())),
                        new Design.Rival("weight alone", List.of(RISE.name(), ABOVE.name(), SLOPE.name())),
                        new Design.Rival(
                                "also the steps of a watch",
                                Stream.concat(shipped.stream(), Stream.of(STEPS))
                                        .map(Input::name)
                                        .toList())),
                List.of(
                        Grouping.sex(),
                        Grouping.age(65, 75),
                        Grouping.presence("watch", PULSE, "with a watch", "without a watch")),
                List.of("admitted_next_7d"),
                1,
                0.1,
                List.of(0.02, 0.05, 0.1, 0.2, 0.4),
                List.of(List.of(RISE.finding(), ABOVE.finding(), SLOPE.finding()), List.of(PULSE.finding())));
    }
}
