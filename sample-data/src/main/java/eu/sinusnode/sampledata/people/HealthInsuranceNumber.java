package eu.sinusnode.sampledata.people;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.Locale;

/**
 * The ten characters of the German health insurance number (KVNR) that stay with a person for life: a letter, eight
 * digits, a check digit.
 *
 * <p>Check digit: the letter becomes its two-digit place in the alphabet; the ten digits are weighted 1, 2, 1, 2, …; the
 * digit sums of the products are added; the sum modulo ten is the check digit (Wikipedia "Krankenversichertennummer",
 * HL7 Germany's wiki "bp:Krankenversichertennummer").
 */
public final class HealthInsuranceNumber {

    /** How many numbers one letter holds. */
    private static final long PER_LETTER = 100_000_000L;

    private static final char[] LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();

    private HealthInsuranceNumber() {}

    /**
     * The number of the {@code person}-th person: no two persons of a seed share one, as the eight digits walk through all
     * values once (a step that is coprime to 10^8) before they repeat.
     */
    public static String of(long seed, int person) {
        Draws draws = Draws.of(seed, 0, "health insurance numbers");
        long start = (long) (draws.uniform() * PER_LETTER);
        // Any odd number that does not end in 5 is coprime to 10^8.
        long step = (long) (draws.uniform() * (PER_LETTER / 10)) * 10 + 7;
        long digits = (start + step * person) % PER_LETTER;
        char letter = LETTERS[Draws.of(seed, person, "health insurance letter").below(LETTERS.length)];
        return complete(letter, String.format(Locale.ROOT, "%08d", digits));
    }

    /** Appends the check digit. */
    public static String complete(char letter, String eightDigits) {
        return letter + eightDigits + checkDigit(letter, eightDigits);
    }

    /** True for a letter, eight digits and the check digit that belongs to them. */
    public static boolean isValid(String number) {
        return number.matches("[A-Z][0-9]{9}")
                && number.charAt(9) - '0' == checkDigit(number.charAt(0), number.substring(1, 9));
    }

    static int checkDigit(char letter, String eightDigits) {
        int place = letter - 'A' + 1;
        int sum = place / 10 + digitSum(2 * (place % 10));
        for (int i = 0; i < eightDigits.length(); i++) {
            int digit = eightDigits.charAt(i) - '0';
            sum += i % 2 == 0 ? digit : digitSum(2 * digit);
        }
        return sum % 10;
    }

    private static int digitSum(int value) {
        return value / 10 + value % 10;
    }
}
