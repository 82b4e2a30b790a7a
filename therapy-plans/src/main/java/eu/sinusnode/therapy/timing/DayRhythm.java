package eu.sinusnode.therapy.timing;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A patient's usual day, in local time: what "with breakfast" and "three times a day" mean on the clock.
 *
 * @param wake getting up
 * @param breakfast first meal
 * @param lunch second meal
 * @param dinner third meal
 * @param bed going to sleep, on the same date as the others
 */
public record DayRhythm(LocalTime wake, LocalTime breakfast, LocalTime lunch, LocalTime dinner, LocalTime bed) {

    /** Of patients of whom nothing else is known; no guideline names these times. */
    public static final DayRhythm USUAL = new DayRhythm(
            LocalTime.of(7, 0), LocalTime.of(7, 30), LocalTime.of(12, 30), LocalTime.of(18, 30), LocalTime.of(22, 0));

    public DayRhythm {
        List<LocalTime> inOrder = List.of(wake, breakfast, lunch, dinner, bed);
        for (int i = 1; i < inOrder.size(); i++) {
            if (!inOrder.get(i - 1).isBefore(inOrder.get(i))) {
                throw new IllegalArgumentException(
                        "A day's times must follow each other from getting up to going to bed: " + inOrder);
            }
        }
    }

    /**
     * Evenly from getting up to going to bed: once at breakfast, else the first at breakfast's time and the last an hour before bed.
     *
     * @param times at least 1
     */
    public List<LocalTime> spread(int times) {
        if (times == 1) {
            return List.of(breakfast);
        }
        long first = breakfast.toSecondOfDay();
        long last = bed.minusHours(1).toSecondOfDay();
        List<LocalTime> spread = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            long second = first + (last - first) * i / (times - 1);
            spread.add(LocalTime.ofSecondOfDay(second - second % 60));
        }
        return spread;
    }
}
