package eu.sinusnode.policy.validation;

import java.util.regex.Pattern;

/** The German statutory health insurance number: a letter, eight digits and a check digit. */
public final class Kvnr {

    private static final Pattern FORM = Pattern.compile("[A-Z][0-9]{9}");

    private Kvnr() {}

    /** Whether form and check digit are right. */
    public static boolean isValid(String number) {
        return FORM.matcher(number).matches() && checkDigit(number) == number.charAt(9) - '0';
    }

    /** The letter counts as its two-digit place in the alphabet; digits weigh 1, 2, 1, 2 … and products are summed digit by digit. */
    private static int checkDigit(String number) {
        int place = number.charAt(0) - 'A' + 1;
        String digits = String.format("%02d", place) + number.substring(1, 9);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int product = (digits.charAt(i) - '0') * (i % 2 + 1);
            sum += product / 10 + product % 10;
        }
        return sum % 10;
    }
}
