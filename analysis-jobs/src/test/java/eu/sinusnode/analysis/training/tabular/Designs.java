package eu.sinusnode.analysis.training.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small design with three inputs, one of which tells something, and rows of it. */
final class Designs {

    private Designs() {}

    static Design small() {
        return new Design(
                "small",
                "small-logistic",
                "0.0.1",
                "a small model",
                new Design.Source("drawn", "none", true),
                List.of(
                        Input.number("signal", -100, 100, "signal"),
                        Input.number("noise", -100, 100, "noise"),
                        Input.code("red", "colour", 1, 1, 3, "colour", "color")),
                List.of("signal", "noise", "red"),
                List.of("signal"),
                List.of(new Design.Rival("nothing", List.of()), new Design.Rival("noise alone", List.of("noise"))),
                List.of(Grouping.sex()),
                List.of("ill", "outcome"),
                2,
                0.5,
                List.of(0.2, 0.5),
                List.of(List.of("signal"), List.of("colour")));
    }

    /** Three rows a patient. @param strength of the signal; 0 for none */
    static Cases rows(int patients, double strength) {
        Random random = new Random(8);
        List<Case> rows = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            Map<String, String> groups = Map.of("sex", patient % 2 == 0 ? "women" : "men");
            for (int i = 0; i < 3; i++) {
                boolean positive = random.nextBoolean();
                double[] inputs = {
                    random.nextGaussian() + (positive ? strength : 0), random.nextGaussian(), random.nextInt(2)
                };
                rows.add(new Case("patient-" + patient, positive, groups, inputs));
            }
        }
        return new Cases("drawn", rows, 0, Map.of());
    }
}
