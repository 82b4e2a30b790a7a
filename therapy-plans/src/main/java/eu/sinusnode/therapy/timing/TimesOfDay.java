package eu.sinusnode.therapy.timing;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** At which local times of a day on which something is due. */
sealed interface TimesOfDay {

    /** How far these may lie from the day, in whole days, either way. */
    int SPILL = 1;

    List<LocalDateTime> on(LocalDate day, int times, DayRhythm rhythm);

    /** At named times, however often the rule of days says. */
    record AtTimes(List<LocalTime> times) implements TimesOfDay {

        public AtTimes {
            times = List.copyOf(times);
        }

        @Override
        public List<LocalDateTime> on(LocalDate day, int ignored, DayRhythm rhythm) {
            return times.stream().map(day::atTime).toList();
        }
    }

    /** At moments of the patient's day, minutes before or after them. */
    record AtMoments(List<MomentOfDay> moments, int offsetMinutes) implements TimesOfDay {

        public AtMoments {
            moments = List.copyOf(moments);
        }

        @Override
        public List<LocalDateTime> on(LocalDate day, int ignored, DayRhythm rhythm) {
            return moments.stream()
                    .flatMap(moment -> moment.on(day, offsetMinutes, rhythm))
                    .toList();
        }
    }

    /** As often as the rule of days says, spread over the patient's day. */
    record Spread() implements TimesOfDay {

        @Override
        public List<LocalDateTime> on(LocalDate day, int times, DayRhythm rhythm) {
            return rhythm.spread(times).stream().map(day::atTime).toList();
        }
    }
}
