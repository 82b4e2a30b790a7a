package eu.sinusnode.policy.consent;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The security labels of a rule against those of a record. Confidentiality has ranks: a permit of one covers records of
 * that rank and lower ones, a deny those of that rank and higher ones; a record without one is {@code N}, the normal one, and of several
 * the highest counts. Any other label a record carries or not.
 */
public final class Confidentiality {

    public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    private static final List<String> RANKS = List.of("U", "L", "M", "N", "R", "V");
    private static final int NORMAL = RANKS.indexOf("N");
    private static final int HIGHEST = RANKS.size() - 1;

    /** What a sensitive record is at least. */
    static final Code RESTRICTED = new Code(SYSTEM, "R");

    private Confidentiality() {}

    public static boolean isRank(Code label) {
        return label.system().equals(SYSTEM) && RANKS.contains(label.code());
    }

    static boolean covers(Code label, Set<Code> ofRecord, boolean permits) {
        if (!label.system().equals(SYSTEM)) {
            return ofRecord.contains(label);
        }
        int asked = rank(label);
        int record = ofRecord.stream()
                .filter(carried -> carried.system().equals(SYSTEM))
                .mapToInt(Confidentiality::rank)
                .max()
                .orElse(NORMAL);
        return permits ? record <= asked : record >= asked;
    }

    /** Whether a rule of the label is about each record that carries none. */
    static boolean isOfEveryRecord(Code label, boolean permits) {
        return covers(label, Set.of(), permits);
    }

    /** Whether the label is less than the normal one, which records of patients are at least here. */
    public static boolean isBelowNormal(Code label) {
        return isRank(label) && rank(label) < NORMAL;
    }

    /** The ranks that are higher than the label, as labels. */
    static Set<Code> above(Code label) {
        return RANKS.subList(rank(label) + 1, RANKS.size()).stream()
                .map(rank -> new Code(SYSTEM, rank))
                .collect(Collectors.toSet());
    }

    static Code higher(Code one, Code other) {
        return rank(one) < rank(other) ? other : one;
    }

    /** A code that is none of the ranks is as confidential as can be. */
    private static int rank(Code label) {
        return isRank(label) ? RANKS.indexOf(label.code()) : HIGHEST;
    }
}
