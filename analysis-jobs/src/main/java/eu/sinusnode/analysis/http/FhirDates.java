package eu.sinusnode.analysis.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and times, which may tell a month or a year alone, as days of the place where they were written. */
final class FhirDates {

    private FhirDates() {}

    /** The only day that is meant; null when it is no single one. */
    static @Nullable LocalDate day(String date) {
        return date.length() == 10 ? last(date) : null;
    }

    /** The first day that can be meant; null when there is none. */
    static @Nullable LocalDate first(String date) {
        try {
            return switch (date.length()) {
                case 0 -> null;
                case 4 -> Year.parse(date).atDay(1);
                case 7 -> YearMonth.parse(date).atDay(1);
                default -> LocalDate.parse(date.substring(0, Math.min(10, date.length())));
            };
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The last day that can be meant; null when there is none. */
    static @Nullable LocalDate last(String date) {
        LocalDate first = first(date);
        return first == null
                ? null
                : switch (date.length()) {
                    case 4 -> first.plusYears(1).minusDays(1);
                    case 7 -> first.plusMonths(1).minusDays(1);
                    default -> first;
                };
    }
}
