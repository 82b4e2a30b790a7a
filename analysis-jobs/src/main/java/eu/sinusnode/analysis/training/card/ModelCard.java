package eu.sinusnode.analysis.training.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A card's text with the figures put in. In the text, {@code {{path}}} stands for a figure, {@code {{path:form}}} for a
 * figure in one of the forms of {@link FigureText}, and {@code {{table path|Head=field:form|...}}} for a table with a row
 * for each entry of a list. A figure that is not there is an error, so no card can name one that was not measured.
 */
public final class ModelCard {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(table )?([^}]+)}}");

    private ModelCard() {}

    /** @param figures root of the paths */
    public static String render(String template, JsonNode figures) {
        Matcher places = PLACE.matcher(template);
        return places.replaceAll(place -> Matcher.quoteReplacement(
                place.group(1) == null ? figure(figures, place.group(2)) : table(figures, place.group(2))));
    }

    private static String table(JsonNode figures, String order) {
        String[] parts = order.split("\\|", -1);
        List<String> heads = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            heads.add(parts[i].substring(0, equals));
            fields.add(parts[i].substring(equals + 1));
        }
        StringBuilder table = new StringBuilder(row(heads));
        table.append('\n').append("|---".repeat(heads.size())).append('|');
        for (JsonNode entry : at(figures, parts[0])) {
            table.append('\n')
                    .append(row(
                            fields.stream().map(field -> figure(entry, field)).toList()));
        }
        return table.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String figure(JsonNode root, String order) {
        int colon = order.indexOf(':');
        return colon < 0
                ? FigureText.of(at(root, order), "")
                : FigureText.of(at(root, order.substring(0, colon)), order.substring(colon + 1));
    }

    private static JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        for (String step : path.strip().split("\\.", -1)) {
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("The figures have no " + path);
        }
        return node;
    }
}
