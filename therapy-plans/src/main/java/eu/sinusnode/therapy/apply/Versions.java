package eu.sinusnode.therapy.apply;

import java.math.BigInteger;

/** Which of two versions of a programme is the newer one: number by number, as in 1.10.0 after 1.9.2; words by the alphabet. */
public final class Versions {

    private Versions() {}

    /** As {@link java.util.Comparator#compare}. */
    public static int compare(String one, String other) {
        String[] left = one.split("[.\\-]", -1);
        String[] right = other.split("[.\\-]", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int compared = part(i < left.length ? left[i] : "0", i < right.length ? right[i] : "0");
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int part(String one, String other) {
        boolean numbers = one.matches("\\d+") && other.matches("\\d+");
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }
}
