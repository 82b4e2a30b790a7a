package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.model.AdditiveModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an additive model says of one row: a calibrated probability, and what each input adds to its log-odds. The log-odds
 * of the average training row and the contributions add up to it.
 *
 * @param words what each input is, in the model's order; inputs of one finding share theirs
 * @param inputs in the model's order; not a number where missing
 */
record AdditiveJudgement(AdditiveModel model, List<String> words, double[] inputs) {

    double probability() {
        return model.score().probability(inputs);
    }

    /** At or above the threshold of the model's card. */
    boolean isCalled() {
        return probability() >= model.manifest().threshold();
    }

    /** @param format of the probability and the threshold */
    String inWords(Locale locale, String format) {
        return String.format(locale, format, probability(), model.manifest().threshold());
    }

    /** The inputs that are there, by name. */
    Map<String, Double> fed() {
        Map<String, Double> fed = new TreeMap<>();
        for (int i = 0; i < inputs.length; i++) {
            if (!Double.isNaN(inputs[i])) {
                fed.put(model.manifest().inputs().get(i), inputs[i]);
            }
        }
        return fed;
    }

    FindingDraft told(FindingDraft draft) {
        draft.figure(Figure.of("Probability, calibrated", probability(), 3, "1"))
                .figure(Figure.of(
                        "Threshold of the model's card", model.manifest().threshold(), 2, "1"))
                .figure(Figure.of(
                        "Log-odds of an average training row", model.score().baseLogOdds(), 3, "1"));
        double[] contributions = model.score().contributions(inputs);
        for (int i = 0; i < contributions.length; i++) {
            draft.figure(Figure.of(
                    "Contribution of " + model.manifest().inputs().get(i) + " to the log-odds",
                    contributions[i],
                    3,
                    "1"));
        }
        return draft.reason(String.format(
                Locale.ROOT,
                "What it rests on, as log-odds against an average training row: %s. With the %.2f of that row they add up.",
                byFinding(contributions),
                model.score().baseLogOdds()));
    }

    private String byFinding(double[] contributions) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int i = 0; i < contributions.length; i++) {
            if (!Double.isNaN(inputs[i])) {
                sums.merge(words.get(i), contributions[i], Double::sum);
            }
        }
        return sums.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Double> one) -> -Math.abs(one.getValue())))
                .map(one -> String.format(Locale.ROOT, "%s (%+.2f)", one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Findings that count as those of an average training row. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            if (Double.isNaN(inputs[i]) && !missing.contains(words.get(i))) {
                missing.add(words.get(i));
            }
        }
        return missing.isEmpty()
                ? List.of()
                : List.of("Missing, and counted as in an average training row: " + String.join(", ", missing) + ".");
    }
}
