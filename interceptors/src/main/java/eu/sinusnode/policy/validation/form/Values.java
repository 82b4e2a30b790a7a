package eu.sinusnode.policy.validation.form;

import eu.sinusnode.policy.validation.form.Shape.Kind;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that would not come back as they were sent (FHIR R4, datatypes.html: string, code, base64Binary). */
final class Values {

    private static final int BASE64_GROUP = 4;
    /** R4 asks for 18, and its examples go down to 1E-245: written out, that has one for each step. */
    private static final int MOST_DIGITS = 400;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private Values() {}

    /** What is wrong with it, as the end of a sentence; null when nothing is. */
    static @Nullable String fault(Kind kind, String text) {
        if (text.isBlank()) {
            return "is empty or blank; leave it out";
        }
        String odd = oddCharacter(text);
        if (odd != null) {
            return odd;
        }
        if (kind == Kind.TOKEN && !text.equals(text.strip())) {
            return "has blanks around it";
        }
        if (kind == Kind.ID && !ID.matcher(text).matches()) {
            return "is no id: letters, digits, - and ., at most 64";
        }
        if (kind == Kind.DECIMAL) {
            return decimalFault(text);
        }
        return kind == Kind.BASE64 && !isBase64(text) ? "is not base64" : null;
    }

    /** Decimals are written out without an exponent: 1E+3 has one digit that is meant, and 1000 has four. */
    static @Nullable String decimalFault(String text) {
        if (text.length() > MOST_DIGITS) {
            return "is written with more than " + MOST_DIGITS + " characters";
        }
        try {
            int places = new BigDecimal(text.strip()).scale();
            if (places < 0) {
                return "has an exponent by which digits would be added that are not meant; write it out";
            }
            return places > MOST_DIGITS ? "has more than " + MOST_DIGITS + " decimal places" : null;
        } catch (NumberFormatException e) {
            // The parser says what is wrong with it.
            return null;
        }
    }

    private static @Nullable String oddCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at < ' ' && at != '\t' && at != '\r' && at != '\n') {
                return "has a control character";
            }
            if (at == '\ufffe' || at == '\uffff') {
                return "has a character that XML cannot carry";
            }
            if (Character.isSurrogate(at)) {
                if (!Character.isHighSurrogate(at)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "has half of a character (a lone surrogate)";
                }
                i++;
            }
        }
        return null;
    }

    /** A lenient decoder leaves out what it does not know. */
    private static boolean isBase64(String text) {
        int digits = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == '=') {
                padding++;
            } else if (!Character.isWhitespace(at)) {
                boolean digit = at >= 'A' && at <= 'Z' || at >= 'a' && at <= 'z' || at >= '0' && at <= '9';
                if (padding > 0 || !digit && at != '+' && at != '/') {
                    return false;
                }
                digits++;
            }
        }
        return padding <= 2 && digits > 0 && (digits + padding) % BASE64_GROUP == 0;
    }
}
