package eu.sinusnode.policy.residency.signed;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.residency.Country;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object, each taken strictly; a wrong one is told with its path. */
final class Members {

    private final String path;
    private final JsonNode node;

    private Members(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** @param known every name that may stand in the object */
    static Members of(String path, JsonNode node, Set<String> known) throws UnreadableDocumentException {
        if (!node.isObject()) {
            throw new UnreadableDocumentException(name(path) + " is no JSON object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new UnreadableDocumentException("'" + path + name + "' is no member that is known here");
            }
        }
        return new Members(path, node);
    }

    private static String name(String path) {
        return path.isEmpty() ? "the file" : "'" + path.substring(0, path.length() - 1) + "'";
    }

    Members object(String name, Set<String> known) throws UnreadableDocumentException {
        return of(path + name + ".", required(name), known);
    }

    List<Members> objects(String name, Set<String> known) throws UnreadableDocumentException {
        JsonNode array = required(name);
        if (!array.isArray()) {
            throw wrong(name, "is no JSON array");
        }
        List<Members> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(of(path + name + "[" + i + "].", array.get(i), known));
        }
        return objects;
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) throws UnreadableDocumentException {
        JsonNode value = required(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(name, "is no text, or an empty one");
        }
        return value.textValue();
    }

    @Nullable
    String optionalText(String name) throws UnreadableDocumentException {
        return has(name) ? text(name) : null;
    }

    int positive(String name) throws UnreadableDocumentException {
        JsonNode value = required(name);
        if (!value.isInt() || value.intValue() < 1) {
            throw wrong(name, "is no whole number from 1 on");
        }
        return value.intValue();
    }

    boolean flag(String name) throws UnreadableDocumentException {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw wrong(name, "is neither true nor false");
        }
        return value.booleanValue();
    }

    String country(String name) throws UnreadableDocumentException {
        String written = text(name);
        if (!Country.isCode(written)) {
            throw wrong(name, "is '" + written + "', which is no ISO 3166-1 alpha-2 country such as DE");
        }
        return written;
    }

    LocalDate day(String name) throws UnreadableDocumentException {
        String written = text(name);
        try {
            return LocalDate.parse(written);
        } catch (DateTimeParseException e) {
            throw wrong(name, "is '" + written + "', which is no day such as 2026-01-31");
        }
    }

    UnreadableDocumentException wrong(String name, String what) {
        return new UnreadableDocumentException("'" + path + name + "' " + what);
    }

    private JsonNode required(String name) throws UnreadableDocumentException {
        JsonNode value = node.get(name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }
}
