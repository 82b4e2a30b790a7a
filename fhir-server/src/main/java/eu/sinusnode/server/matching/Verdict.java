package eu.sinusnode.server.matching;

import java.util.Optional;
import org.hl7.fhir.r4.model.codesystems.MatchGrade;

/**
 * What a comparison comes to: how probable it is that both records are of one person, and the grade (match-grade). A grade
 * asks for more than a sum: what contradicts stays a contradiction, however much else agrees.
 *
 * @param probability 0 to 1
 */
record Verdict(double probability, MatchGrade grade) {

    /** Of the records that are compared, one in so many is the person's: 1 in 10,000. */
    static final double PRIOR = 0.0001;

    static final double CERTAIN = 0.99999;
    static final double PROBABLE = 0.95;
    static final double POSSIBLE = 0.1;

    /** Empty when it is not worth telling. */
    static Optional<Verdict> of(Comparison comparison) {
        double probability = probability(comparison.bits());
        if (comparison.has(Agreement.NUMBERS_TWO)) {
            // Everybody has one number for life: like as they are, they are two.
            return probability(comparison.bitsWithoutNumber()) < POSSIBLE
                    ? Optional.empty()
                    : Optional.of(new Verdict(probability, MatchGrade.CERTAINLYNOT));
        }
        return probability < POSSIBLE
                ? Optional.empty()
                : Optional.of(new Verdict(probability, grade(comparison, probability)));
    }

    private static MatchGrade grade(Comparison comparison, double probability) {
        boolean identified = comparison.has(Agreement.NUMBER_SAME, Agreement.IDENTIFIER_SAME);
        boolean allTheSame = comparison.hasAll(
                Agreement.FAMILY_SAME, Agreement.GIVEN_SAME, Agreement.BIRTH_SAME, Agreement.POSTAL_SAME);
        int contradictions = contradictions(comparison);
        if (probability >= CERTAIN && contradictions == 0 && (identified || allTheSame)) {
            return MatchGrade.CERTAIN;
        }
        return probability >= PROBABLE && contradictions <= (identified ? 1 : 0)
                ? MatchGrade.PROBABLE
                : MatchGrade.POSSIBLE;
    }

    /** A family name changes with a marriage; these do not. */
    private static int contradictions(Comparison comparison) {
        return (comparison.has(Agreement.GIVEN_OTHER) ? 1 : 0)
                + (comparison.has(Agreement.BIRTH_OTHER, Agreement.MONTH_OTHER, Agreement.YEAR_OTHER) ? 1 : 0)
                + (comparison.has(Agreement.GENDER_OTHER) ? 1 : 0);
    }

    static double probability(double bits) {
        double odds = PRIOR / (1 - PRIOR) * Math.pow(2, bits);
        return odds / (1 + odds);
    }
}
