package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.training.tabular.Design;
import eu.sinusnode.analysis.training.tabular.Grouping;
import eu.sinusnode.analysis.training.tabular.Input;
import java.util.List;

/** Home blood pressure that is controlled now and will not be in the next two weeks; simulated patients. */
final class Pressure {

    private static final Input LEVEL = Input.number("systolic level", 60, 260, "systolic_mean_14d");
    private static final Input DIASTOLIC = Input.number("diastolic level", 30, 160, "diastolic_mean_14d");
    private static final Input SLOPE = Input.number("systolic slope", -60, 60, "systolic_slope_week");
    private static final Input STEP = Input.number("last week against before", -80, 80, "systolic_last_7d_difference");
    private static final Input DEVIATION = Input.number("day to day deviation", 0, 60, "systolic_deviation_28d");
    private static final Input MEASURED = Input.number("share of days measured", 0, 1, "measured_share_28d");

    private Pressure() {}

    static Design design() {
        List<Input> shipped = List.of(LEVEL, DIASTOLIC, SLOPE, STEP, DEVIATION, MEASURED);
        return new Design(
                "pressure",
                "pressure-deterioration-logistic",
                "1.1.0",
                "loss of blood pressure control ahead (synthetic)",
                new Design.Source("simulated patients, PressureSimulation", "of this project", true),
                List.of(
                        LEVEL,
                        DIASTOLIC,
                        SLOPE,
                        STEP,
                        DEVIATION,
                        MEASURED,
                        Input.number("age", 18, 110, "age"),
                        Input.number("sex", 0, 1, "male")),
                shipped.stream().map(Input::name).toList(),
                List.of(LEVEL.name()),
                List.of(
                        new Design.Rival("share of positives alone", List.of()),
                        new Design.Rival("systolic level alone", List.of(LEVEL.name())),
                        new Design.Rival("systolic level and slope", List.of(LEVEL.name(), SLOPE.name()))),
                List.of(
                        Grouping.sex(),
                        Grouping.age(65, 75),
                        Grouping.bands("days measured", MEASURED, 0.7, "under 70 %", "70 % or more")),
                List.of("uncontrolled_next_14d"),
                1,
                0.1,
                List.of(0.05, 0.1, 0.2, 0.3, 0.5),
                List.of(List.of(DIASTOLIC.finding()), List.of(SLOPE.finding(), STEP.finding())));
    }
}
