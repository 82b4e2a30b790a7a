package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates of a search (search.html#date) in the two forms that have one meaning for what is measured at a moment: a day, which
 * is compared with the day that the record states, and an instant to the second.
 */
public final class PopulationDates {

    private static final Pattern DAY = Pattern.compile("(eq|ge|gt|le|lt)?(\\d{4}-\\d\\d-\\d\\d)");
    private static final Pattern SECOND =
            Pattern.compile("(eq|ge|gt|le|lt)?(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:\\d\\d))");

    private PopulationDates() {}

    /** Empty when they say more than one beginning or end, mix both forms, or have another form. */
    public static Optional<Dates> read(List<String> occurrences) {
        try {
            if (occurrences.stream().allMatch(each -> DAY.matcher(each).matches())) {
                return days(occurrences);
            }
            return occurrences.stream().allMatch(each -> SECOND.matcher(each).matches())
                    ? seconds(occurrences)
                    : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<Dates> days(List<String> occurrences) {
        Range<LocalDate> range = new Range<>();
        for (String occurrence : occurrences) {
            Matcher form = matched(DAY, occurrence);
            LocalDate day = LocalDate.parse(form.group(2));
            range.add(prefix(form), day, day.plusDays(1), day, day.minusDays(1));
        }
        return range.twice ? Optional.empty() : Optional.of(new Dates(range.from, range.to, null, null, range.within));
    }

    private static Optional<Dates> seconds(List<String> occurrences) {
        Range<Instant> range = new Range<>();
        for (String occurrence : occurrences) {
            Matcher form = matched(SECOND, occurrence);
            Instant second = OffsetDateTime.parse(form.group(2)).toInstant();
            Instant next = second.plusSeconds(1);
            range.add(prefix(form), second, next, next, second);
        }
        return range.twice ? Optional.empty() : Optional.of(new Dates(null, null, range.from, range.to, range.within));
    }

    private static Matcher matched(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("It was matched before.");
        }
        return matcher;
    }

    private static String prefix(Matcher form) {
        return form.group(1) == null ? "eq" : form.group(1);
    }

    private static final class Range<T> {
        private @Nullable T from;
        private @Nullable T to;
        private boolean twice;
        private boolean within;

        /** @param until the last that {@code le} leaves, {@code toBefore} the last that {@code lt} leaves */
        void add(String prefix, T at, T behind, T until, T toBefore) {
            switch (prefix) {
                case "ge" -> begin(at);
                case "gt" -> begin(behind);
                case "le" -> end(until);
                case "lt" -> end(toBefore);
                default -> {
                    within = true;
                    begin(at);
                    end(until);
                }
            }
        }

        private void begin(T at) {
            twice |= from != null;
            from = at;
        }

        private void end(T at) {
            twice |= to != null;
            to = at;
        }
    }
}
