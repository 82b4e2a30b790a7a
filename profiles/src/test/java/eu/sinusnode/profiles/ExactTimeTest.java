package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExactTimeTest {

    private static final Pattern FORM = Pattern.compile(
            "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])");
    private static final List<String> SEEDS = List.of(
            "2026-01-31T07:05:00+01:00",
            "2024-02-29T23:59:59Z",
            "1900-02-28T00:00:00.1-13:59",
            "2000-02-29T12:30:15.123456+05:30",
            "2026-12-31T09:09:09.9Z");
    private static final String LETTERS = "0123456789-+:.TZ ";
    private static final int TRIES = 200_000;

    @Test
    void itIsWhatTheFormAllowsAndTheCalendarKnows() {
        Random random = new Random(7);
        int moments = 0;
        for (int i = 0; i < TRIES; i++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            boolean expected = FORM.matcher(text).matches() && isInCalendar(text);
            assertThat(ExactTime.isOne(text)).as(text).isEqualTo(expected);
            moments += expected ? 1 : 0;
        }
        assertThat(moments).as("moments among them").isGreaterThan(TRIES / 20).isLessThan(TRIES);
    }

    @Test
    void everyDayOfTheCalendarAndNoOther() {
        for (int year : List.of(1900, 1999, 2000, 2024, 2026, 2099)) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format("%04d-%02d-%02dT12:00:00Z", year, month, day);
                    assertThat(ExactTime.isOne(text)).as(text).isEqualTo(isInCalendar(text));
                }
            }
        }
    }

    /** Up to two letters replaced, put in or taken out. */
    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.insert(at, letter);
                case 1 -> mutated.deleteCharAt(at);
                default -> mutated.setCharAt(at, letter);
            }
        }
        return mutated.toString();
    }

    private static boolean isInCalendar(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }
}
