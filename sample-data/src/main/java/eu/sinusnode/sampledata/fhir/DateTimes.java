package eu.sinusnode.sampledata.fhir;

/** Writes seconds since 1970 as FHIR dateTime with their own offset, e.g. {@code 2026-10-25T02:30:00+01:00}. */
final class DateTimes {

    private DateTimes() {}

    static String format(long second, int offset) {
        long local = second + offset;
        long days = Math.floorDiv(local, 86_400L);
        int ofDay = (int) Math.floorMod(local, 86_400L);
        // Days to civil date, after Howard Hinnant's "chrono-compatible low-level date algorithms".
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int ofEra = (int) (shifted - era * 146_097);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * ofYear + 2) / 153;
        int day = ofYear - (153 * month + 2) / 5 + 1;
        int civilMonth = month < 10 ? month + 3 : month - 9;
        int year = (int) (yearOfEra + era * 400) + (civilMonth <= 2 ? 1 : 0);
        char[] text = new char[25];
        two(text, 0, year / 100);
        two(text, 2, year % 100);
        text[4] = '-';
        two(text, 5, civilMonth);
        text[7] = '-';
        two(text, 8, day);
        text[10] = 'T';
        two(text, 11, ofDay / 3600);
        text[13] = ':';
        two(text, 14, ofDay / 60 % 60);
        text[16] = ':';
        two(text, 17, ofDay % 60);
        text[19] = offset < 0 ? '-' : '+';
        two(text, 20, Math.abs(offset) / 3600);
        text[22] = ':';
        two(text, 23, Math.abs(offset) / 60 % 60);
        return new String(text);
    }

    private static void two(char[] text, int at, int value) {
        text[at] = (char) ('0' + value / 10);
        text[at + 1] = (char) ('0' + value % 10);
    }
}
