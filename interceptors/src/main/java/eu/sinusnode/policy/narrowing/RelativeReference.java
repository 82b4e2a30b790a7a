package eu.sinusnode.policy.narrowing;

import java.util.Optional;

/**
 * A relative reference, {@code Type/id} or {@code Type/id/_history/version} (R4, references.html#literal). Each line of an
 * import has some that are looked at several times; a regular expression takes five times as long.
 */
public final class RelativeReference {

    private static final String VERSION = "/_history/";
    private static final int LONGEST_ID = 64;

    private RelativeReference() {}

    /** {@code Type/id} of one, without the version; empty when the text is none. */
    public static Optional<String> canonical(String text) {
        int slash = text.indexOf('/');
        if (slash < 2 || !isType(text, slash)) {
            return Optional.empty();
        }
        int behind = text.indexOf('/', slash + 1);
        if (behind < 0) {
            return isId(text, slash + 1, text.length()) ? Optional.of(text) : Optional.empty();
        }
        return isId(text, slash + 1, behind)
                        && text.startsWith(VERSION, behind)
                        && isId(text, behind + VERSION.length(), text.length())
                ? Optional.of(text.substring(0, behind))
                : Optional.empty();
    }

    private static boolean isType(String text, int end) {
        if (!isBetween(text.charAt(0), 'A', 'Z')) {
            return false;
        }
        for (int i = 1; i < end; i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String text, int begin, int end) {
        if (begin >= end || end - begin > LONGEST_ID) {
            return false;
        }
        for (int i = begin; i < end; i++) {
            char each = text.charAt(i);
            if (!isLetter(each) && !isBetween(each, '0', '9') && each != '-' && each != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char each) {
        return isBetween(each, 'A', 'Z') || isBetween(each, 'a', 'z');
    }

    private static boolean isBetween(char each, char first, char last) {
        return each >= first && each <= last;
    }
}
