package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveManifest.Calibration;
import eu.sinusnode.analysis.model.AdditiveScore;
import eu.sinusnode.analysis.model.WekaRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import weka.classifiers.functions.Logistic;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Weka's ridge logistic regression on some inputs of the rows; missing ones stand at the rows' mean. */
final class RidgeLogistic {

    static {
        WekaRuntime.prepare();
    }

    private static final Calibration AS_IT_IS = new Calibration(0, 1);

    private RidgeLogistic() {}

    /** @param score over the inputs that it was fitted on, not yet calibrated */
    record Fit(Logistic model, AdditiveScore score) {}

    /**
     * @param inputs indices of the inputs
     * @param names of these inputs, for the model file
     * @throws IllegalArgumentException when the rows are of one kind
     */
    static Fit fit(List<Case> rows, int[] inputs, List<String> names, double ridge) {
        if (rows.stream().map(Case::positive).distinct().count() < 2) {
            throw new IllegalArgumentException("Training needs rows of both outcomes; these are of one");
        }
        double[] means = means(rows, inputs);
        List<Integer> varying = varying(rows, inputs);
        Instances table = header(varying.stream().map(names::get).toList());
        for (Case row : rows) {
            double[] values = new double[varying.size() + 1];
            for (int i = 0; i < varying.size(); i++) {
                double value = row.inputs()[inputs[varying.get(i)]];
                values[i] = Double.isNaN(value) ? means[varying.get(i)] : value;
            }
            values[varying.size()] = row.positive() ? 0 : 1;
            table.add(new DenseInstance(1, values));
        }
        Logistic model = new Logistic();
        model.setRidge(ridge);
        try {
            model.buildClassifier(table);
        } catch (Exception e) {
            throw new IllegalStateException("The model could not be trained", e);
        }
        double[] weights = new double[inputs.length];
        for (int i = 0; i < varying.size(); i++) {
            weights[varying.get(i)] = model.coefficients()[i + 1][0];
        }
        return new Fit(model, new AdditiveScore(model.coefficients()[0][0], weights, means, AS_IT_IS));
    }

    /** Positions of the inputs that vary. Weka leaves out the others, and its coefficients would stand for others. */
    private static List<Integer> varying(List<Case> rows, int[] inputs) {
        return IntStream.range(0, inputs.length)
                .filter(i -> rows.stream()
                                .mapToDouble(row -> row.inputs()[inputs[i]])
                                .filter(value -> !Double.isNaN(value))
                                .distinct()
                                .limit(2)
                                .count()
                        > 1)
                .boxed()
                .toList();
    }

    private static Instances header(List<String> names) {
        ArrayList<Attribute> attributes = new ArrayList<>();
        names.forEach(name -> attributes.add(new Attribute(name)));
        attributes.add(new Attribute("outcome", List.of("positive", "negative")));
        Instances header = new Instances("rows", attributes, 0);
        header.setClassIndex(attributes.size() - 1);
        return header;
    }

    private static double[] means(List<Case> rows, int[] inputs) {
        double[] means = new double[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            int input = inputs[i];
            means[i] = rows.stream()
                    .mapToDouble(row -> row.inputs()[input])
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
        }
        return means;
    }
}
