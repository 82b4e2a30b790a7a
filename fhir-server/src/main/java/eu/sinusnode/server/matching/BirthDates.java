package eu.sinusnode.server.matching;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/** Compares birth dates, and tells which other ones a slip makes of one. */
final class BirthDates {

    private static final int MONTH_LENGTH = "1952-08".length();
    static final int DAY_LENGTH = "1952-08-17".length();

    private BirthDates() {}

    /** As precise as the less precise one. */
    static Agreement compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        boolean same = one.substring(0, common).equals(other.substring(0, common));
        if (common == DAY_LENGTH) {
            return same ? Agreement.BIRTH_SAME : isNear(one, other) ? Agreement.BIRTH_NEAR : Agreement.BIRTH_OTHER;
        }
        if (common == MONTH_LENGTH) {
            return same ? Agreement.MONTH_SAME : Agreement.MONTH_OTHER;
        }
        return same ? Agreement.YEAR_SAME : Agreement.YEAR_OTHER;
    }

    private static boolean isNear(String one, String other) {
        return swapped(one).equals(other) || OneSlip.between(digits(one), digits(other));
    }

    /** The day and every real day that one slip, or a change of day and month, makes of it; itself when it is not known to the day. */
    static Set<String> near(String date) {
        Set<String> near = new TreeSet<>(Set.of(date));
        if (date.length() != DAY_LENGTH) {
            return near;
        }
        addReal(near, swapped(date));
        String digits = digits(date);
        for (int i = 0; i < digits.length(); i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                addReal(near, dashed(digits.substring(0, i) + digit + digits.substring(i + 1)));
            }
            if (i + 1 < digits.length()) {
                addReal(
                        near,
                        dashed(digits.substring(0, i)
                                + digits.charAt(i + 1)
                                + digits.charAt(i)
                                + digits.substring(i + 2)));
            }
        }
        return near;
    }

    private static void addReal(Set<String> dates, String date) {
        try {
            dates.add(LocalDate.parse(date).toString());
        } catch (DateTimeException notInTheCalendar) {
            // Nobody was born then.
        }
    }

    private static String swapped(String date) {
        return date.substring(0, 5) + date.substring(8) + "-" + date.substring(5, 7);
    }

    private static String digits(String date) {
        return date.replace("-", "");
    }

    private static String dashed(String digits) {
        return digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6);
    }
}
