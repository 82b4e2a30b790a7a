package eu.sinusnode.analysis.training.tabular;

import java.util.function.DoubleFunction;

/**
 * A way to part patients, for figures of their own.
 *
 * @param name such as sex
 * @param value where a table has it
 * @param label of the value, which is not a number when missing; empty for no group
 */
public record Grouping(String name, Input value, DoubleFunction<String> label) {

    public static Grouping sex() {
        return new Grouping(
                "sex",
                Input.number("sex", 0, 1, "sex", "male"),
                male -> Double.isNaN(male) ? "" : male == 1 ? "men" : "women");
    }

    /** @param limits of the bands, rising */
    public static Grouping age(int... limits) {
        return new Grouping("age", Input.number("age", 0, 120, "age"), age -> {
            if (Double.isNaN(age)) {
                return "";
            }
            int from = 0;
            for (int limit : limits) {
                if (age < limit) {
                    return from == 0 ? "up to " + (limit - 1) : from + " to " + (limit - 1);
                }
                from = limit;
            }
            return from + " or more";
        });
    }

    /** In two by a limit. */
    public static Grouping bands(String name, Input value, double limit, String below, String others) {
        return new Grouping(name, value, number -> Double.isNaN(number) ? "" : number < limit ? below : others);
    }

    /** In two by whether there is a value. */
    public static Grouping presence(String name, Input value, String present, String absent) {
        return new Grouping(name, value, number -> Double.isNaN(number) ? absent : present);
    }
}
