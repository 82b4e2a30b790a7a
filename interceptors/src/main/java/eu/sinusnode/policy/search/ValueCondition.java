package eu.sinusnode.policy.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a condition on values (R4 search, "quantity" and "composite").
 *
 * @param code what the value has to be of; null for anything
 * @param unit null for any
 */
public record ValueCondition(
        @Nullable Code code,
        Comparison comparison,
        BigDecimal number,
        @Nullable Unit unit) {

    /** R4's prefixes; a value has no extent, so that {@code sa} and {@code eb} say what {@code gt} and {@code lt} say. */
    public enum Comparison {
        EQ,
        NE,
        GT,
        LT,
        GE,
        LE,
        AP
    }

    /** @param system empty when the code must have none */
    public record Code(String system, String code) {}

    /**
     * @param system null for any
     * @param code in the system; without one, the unit as it is written will do, too
     */
    public record Unit(@Nullable String system, String code) {}

    /** What a value of a parameter means, or why it cannot be read. */
    public sealed interface Reading {
        record Read(List<ValueCondition> alternatives) implements Reading {
            public Read {
                alternatives = List.copyOf(alternatives);
            }
        }

        record Refused(String reason) implements Reading {}
    }

    /** Each becomes several conditions of the database's statement. */
    static final int MOST_ALTERNATIVES = 50;

    private static final Pattern QUANTITY =
            Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb|ap)?(-?[0-9]{1,15}(?:\\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?)");

    /** @param occurrence as it stands in a URL, escaped as FHIR search escapes */
    public static Reading read(ValueParameter parameter, String occurrence) {
        List<String> stated = parts(occurrence, ',');
        if (stated.size() > MOST_ALTERNATIVES) {
            return refused(parameter, "has " + MOST_ALTERNATIVES + " alternatives at most");
        }
        List<ValueCondition> alternatives = new ArrayList<>();
        for (String alternative : stated) {
            List<String> sides = parameter.isCoded() ? parts(alternative, '$') : List.of(alternative);
            Code code = parameter.isCoded() ? code(sides.get(0)) : null;
            if (parameter.isCoded() && (sides.size() != 2 || code == null)) {
                return refused(parameter, "is system|code$quantity, with the code's system");
            }
            ValueCondition condition = quantity(code, sides.get(sides.size() - 1));
            if (condition == null) {
                return refused(parameter, "compares with a number, number|system|unit or number||unit");
            }
            alternatives.add(condition);
        }
        return new Reading.Read(alternatives);
    }

    private static Reading refused(ValueParameter parameter, String form) {
        return new Reading.Refused("a value of " + parameter.parameter() + " " + form);
    }

    private static @Nullable Code code(String token) {
        List<String> parts = parts(token, '|');
        return parts.size() == 2 && !parts.get(1).isEmpty()
                ? new Code(unescaped(parts.get(0)), unescaped(parts.get(1)))
                : null;
    }

    private static @Nullable ValueCondition quantity(@Nullable Code code, String text) {
        List<String> parts = parts(text, '|');
        Matcher number = QUANTITY.matcher(parts.get(0));
        boolean wellFormed =
                parts.size() == 1 || (parts.size() == 3 && !parts.get(2).isEmpty());
        if (!number.matches() || !wellFormed) {
            return null;
        }
        Unit unit = parts.size() == 1
                ? null
                : new Unit(parts.get(1).isEmpty() ? null : unescaped(parts.get(1)), unescaped(parts.get(2)));
        return new ValueCondition(code, comparison(number.group(1)), new BigDecimal(number.group(2)), unit);
    }

    private static Comparison comparison(@Nullable String prefix) {
        if (prefix == null) {
            return Comparison.EQ;
        }
        return switch (prefix) {
            case "sa" -> Comparison.GT;
            case "eb" -> Comparison.LT;
            default -> Comparison.valueOf(prefix.toUpperCase(Locale.ROOT));
        };
    }

    /** Split at each separator that is not escaped; what is escaped stays so. */
    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
