package eu.sinusnode.analysis.training.tabular;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model is made of and how it is measured.
 *
 * @param inputs all columns that are read; the model uses {@code shipped} of them
 * @param shipped names of the inputs of the model that ships
 * @param required without them no probability is given
 * @param rivals what it is compared with
 * @param label names of the column with the outcome: 0 is negative, 1 and more positive
 * @param repeats of the outer cross-validation, each with a split of its own
 * @param threshold from which a row is called
 * @param thresholds for the table of what a threshold costs
 * @param without sets of findings that are taken away to see what their absence costs
 */
public record Design(
        String name,
        String modelId,
        String version,
        String title,
        Source source,
        List<Input> inputs,
        List<String> shipped,
        List<String> required,
        List<Rival> rivals,
        List<Grouping> groupings,
        List<String> label,
        int repeats,
        double threshold,
        List<Double> thresholds,
        List<List<String>> without) {

    public Design {
        inputs = List.copyOf(inputs);
    }

    /** @param synthetic true when it is a simulation */
    public record Source(String name, String licence, boolean synthetic) {}

    /** Another model on the same rows and splits. @param inputs none for the share of positives alone */
    public record Rival(String name, List<String> inputs) {}

    /** A row of measured values, to four decimals. @param values one for each input */
    public Case row(String patient, boolean positive, double... values) {
        double[] rounded = new double[inputs.size()];
        Map<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Double.isNaN(values[i]) ? Double.NaN : Math.round(values[i] * 10_000) / 10_000.0;
            for (Grouping grouping : groupings) {
                if (grouping.value().columns().contains(inputs.get(i).name())) {
                    group(groups, grouping, rounded[i]);
                }
            }
        }
        return new Case(patient, positive, groups, rounded);
    }

    void group(Map<String, String> groups, Grouping grouping, double value) {
        String label = grouping.label().apply(value);
        if (!label.isEmpty()) {
            groups.put(grouping.name(), label);
        }
    }

    int[] indices(List<String> names) {
        return names.stream().mapToInt(this::index).toArray();
    }

    private int index(String name) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("Design %s has no input %s".formatted(modelId, name));
    }

    /** The row without these findings. */
    double[] without(double[] row, List<String> findings) {
        double[] rest = Arrays.copyOf(row, row.length);
        for (int i = 0; i < rest.length; i++) {
            if (findings.contains(inputs.get(i).finding())) {
                rest[i] = Double.NaN;
            }
        }
        return rest;
    }
}
