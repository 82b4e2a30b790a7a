package eu.sinusnode.policy.subscription;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Type?parameter=value,value&…} with the parameters of {@link ChangedRecord#parameters}. */
final class CriteriaReader {

    private static final int LONGEST = 2_000;
    private static final Pattern FORM = Pattern.compile("([A-Z][A-Za-z]+)(?:\\?(.*))?");
    private static final Pattern PATIENT =
            Pattern.compile("(?:Patient/)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
    private static final Pattern TOKEN = Pattern.compile("(?:[^|\\s]+\\|)?[^|\\s]+");

    private final BiPredicate<String, String> open;

    /** Says what is wrong, without a full stop. */
    static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** @param open whether the caller may search the type by the parameter */
    CriteriaReader(BiPredicate<String, String> open) {
        this.open = open;
    }

    Criteria read(String text) throws NotUnderstood {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new NotUnderstood("criteria have the form Type?parameter=value&parameter=value");
        }
        String type = String.valueOf(form.group(1));
        if (!ChangedRecord.types().contains(type)) {
            throw new NotUnderstood("changes can be subscribed to of " + String.join(", ", ChangedRecord.types()));
        }
        Map<String, Set<String>> values = new LinkedHashMap<>();
        String query = form.group(2) == null ? "" : form.group(2);
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String parameter = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !ChangedRecord.parameters(type).contains(parameter) || !open.test(type, parameter)) {
                throw new NotUnderstood("changes of " + type + " are chosen by "
                        + String.join(
                                ", ",
                                ChangedRecord.parameters(type).stream()
                                        .filter(name -> open.test(type, name))
                                        .sorted()
                                        .toList())
                        + ", without modifiers");
            }
            if (values.put(parameter, alternatives(parameter, part.substring(equals + 1))) != null) {
                throw new NotUnderstood("a parameter stands there once; alternatives are separated by commas");
            }
        }
        return new Criteria(type, values);
    }

    private static Set<String> alternatives(String parameter, String encoded) throws NotUnderstood {
        String decoded;
        try {
            decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NotUnderstood("a value is not percent-encoded as a URL demands");
        }
        Set<String> values = new LinkedHashSet<>();
        for (String value : decoded.split(",", -1)) {
            Matcher patient = PATIENT.matcher(value);
            boolean names = ChangedRecord.namesPatient(parameter);
            if (names ? !patient.matches() : !TOKEN.matcher(value).matches()) {
                throw new NotUnderstood(
                        names
                                ? "a Patient is named by its id, or by Patient/ and its id"
                                : "a value is a code, or system|code");
            }
            values.add(names ? String.valueOf(patient.group(1)) : value);
        }
        return values;
    }
}
