package eu.sinusnode.analysis.training.card;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A figure in words. Forms: none (four decimals, or a whole number with commas), a digit (so many decimals), {@code %}
 * (per cent with one decimal). An interval follows its value in brackets; a figure that is null was not measurable.
 */
final class FigureText {

    private static final String NOT_GIVEN = "–";

    private FigureText() {}

    static String of(JsonNode node, String form) {
        if (node.isObject() && node.has("low")) {
            String value = of(node.path("value"), form);
            return node.path("low").isNull()
                    ? value
                    : "%s (%s to %s)".formatted(value, of(node.path("low"), form), of(node.path("high"), form));
        }
        if (node.isNull()) {
            return NOT_GIVEN;
        }
        if (node.isArray()) {
            List<String> words = new ArrayList<>();
            node.forEach(one -> words.add(of(one, form)));
            return String.join(", ", words);
        }
        if (!node.isNumber()) {
            return node.asText();
        }
        return switch (form) {
            case "" -> node.isIntegralNumber() ? String.format(Locale.ROOT, "%,d", node.asLong()) : decimals(node, 4);
            case "%" -> String.format(Locale.ROOT, "%.1f %%", 100 * node.asDouble());
            default -> decimals(node, Integer.parseInt(form));
        };
    }

    private static String decimals(JsonNode node, int digits) {
        return Estimate.text(node.asDouble(), digits);
    }
}
