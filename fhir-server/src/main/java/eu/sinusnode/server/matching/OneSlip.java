package eu.sinusnode.server.matching;

/** One slip of the hand: a character too many, too few or another one, or two neighbours changed round. */
final class OneSlip {

    private OneSlip() {}

    /** Whether one slip, and not none, makes the one of the other. */
    static boolean between(String one, String other) {
        if (one.equals(other) || Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        String longer = one.length() >= other.length() ? one : other;
        String shorter = one.length() >= other.length() ? other : one;
        int first = 0;
        while (first < shorter.length() && longer.charAt(first) == shorter.charAt(first)) {
            first++;
        }
        if (longer.length() > shorter.length()) {
            return longer.substring(first + 1).equals(shorter.substring(first));
        }
        return longer.substring(first + 1).equals(shorter.substring(first + 1))
                || isChangedRound(longer, shorter, first);
    }

    private static boolean isChangedRound(String one, String other, int at) {
        return at + 1 < one.length()
                && one.charAt(at) == other.charAt(at + 1)
                && one.charAt(at + 1) == other.charAt(at)
                && one.substring(at + 2).equals(other.substring(at + 2));
    }
}
