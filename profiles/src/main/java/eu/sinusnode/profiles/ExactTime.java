package eu.sinusnode.profiles;

/**
 * A moment of the years 1900 to 2099 to the second or finer, with offset, that exists in the calendar:
 * {@code 2026-01-31T07:05:00+01:00}. A vital sign's is looked at several times on its way; a regular expression and the
 * calendar of Java take ten times as long.
 */
final class ExactTime {

    /** Of {@code yyyy-mm-ddThh:mm:ss}. */
    private static final int LENGTH = 19;

    private static final int MOST_DIGITS = 6;
    private static final int LATEST_OFFSET_HOUR = 13;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private ExactTime() {}

    static boolean isOne(String text) {
        if (text.length() <= LENGTH
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return false;
        }
        int century = two(text, 0);
        int year = two(text, 2);
        return (century == 19 || century == 20)
                && year >= 0
                && isDay(century * 100 + year, two(text, 5), two(text, 8))
                && isWithin(two(text, 11), 23)
                && isWithin(two(text, 14), 59)
                && isWithin(two(text, 17), 59)
                && isOffset(text, behindFraction(text));
    }

    private static boolean isDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= DAYS[month - 1] + (month == 2 && leap ? 1 : 0);
    }

    /** Where the offset begins; the end of the text when the fraction is none. */
    private static int behindFraction(String text) {
        if (text.charAt(LENGTH) != '.') {
            return LENGTH;
        }
        int end = LENGTH + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int digits = end - LENGTH - 1;
        return digits >= 1 && digits <= MOST_DIGITS ? end : text.length();
    }

    private static boolean isOffset(String text, int begin) {
        int length = text.length() - begin;
        if (length == 1) {
            return text.charAt(begin) == 'Z';
        }
        return length == 6
                && (text.charAt(begin) == '+' || text.charAt(begin) == '-')
                && isWithin(two(text, begin + 1), LATEST_OFFSET_HOUR)
                && text.charAt(begin + 3) == ':'
                && isWithin(two(text, begin + 4), 59);
    }

    private static boolean isWithin(int number, int most) {
        return number >= 0 && number <= most;
    }

    /** Of two digits, or a negative number. */
    private static int two(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }
}
