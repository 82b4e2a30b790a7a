package eu.sinusnode.therapy.timing;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the patient's day as {@code Timing.repeat.when} names it (value set event-timing of FHIR R4; the codes of meals are those of
 * HL7 v3 TimingEvent: CM is breakfast, CD lunch, CV dinner). The parts of the day have clock times of their own, since no source gives any;
 * an early or a late one is an hour before or after it.
 */
enum MomentOfDay {
    MORN(at(8)),
    MORN_EARLY("MORN.early", at(7)),
    MORN_LATE("MORN.late", at(9)),
    NOON(at(12)),
    AFT(at(15)),
    AFT_EARLY("AFT.early", at(14)),
    AFT_LATE("AFT.late", at(16)),
    EVE(at(19)),
    EVE_EARLY("EVE.early", at(18)),
    EVE_LATE("EVE.late", at(20)),
    NIGHT(at(22)),
    PHS(Direction.AFTER, rhythm -> List.of(rhythm.bed())),
    HS(Direction.BEFORE, rhythm -> List.of(rhythm.bed())),
    WAKE(Direction.AFTER, rhythm -> List.of(rhythm.wake())),
    C(Direction.NONE, MomentOfDay::meals),
    CM(Direction.NONE, rhythm -> List.of(rhythm.breakfast())),
    CD(Direction.NONE, rhythm -> List.of(rhythm.lunch())),
    CV(Direction.NONE, rhythm -> List.of(rhythm.dinner())),
    AC(Direction.BEFORE, MomentOfDay::meals),
    ACM(Direction.BEFORE, rhythm -> List.of(rhythm.breakfast())),
    ACD(Direction.BEFORE, rhythm -> List.of(rhythm.lunch())),
    ACV(Direction.BEFORE, rhythm -> List.of(rhythm.dinner())),
    PC(Direction.AFTER, MomentOfDay::meals),
    PCM(Direction.AFTER, rhythm -> List.of(rhythm.breakfast())),
    PCD(Direction.AFTER, rhythm -> List.of(rhythm.lunch())),
    PCV(Direction.AFTER, rhythm -> List.of(rhythm.dinner()));

    /** To which side an offset goes; a moment without one takes no offset (invariant tim-9). */
    private enum Direction {
        BEFORE,
        AFTER,
        NONE
    }

    private final @Nullable String code;
    private final Direction direction;
    private final Function<DayRhythm, List<LocalTime>> clock;

    MomentOfDay(Function<DayRhythm, List<LocalTime>> clock) {
        this(null, Direction.AFTER, clock);
    }

    MomentOfDay(String code, Function<DayRhythm, List<LocalTime>> clock) {
        this(code, Direction.AFTER, clock);
    }

    MomentOfDay(Direction direction, Function<DayRhythm, List<LocalTime>> clock) {
        this(null, direction, clock);
    }

    MomentOfDay(@Nullable String code, Direction direction, Function<DayRhythm, List<LocalTime>> clock) {
        this.code = code;
        this.direction = direction;
        this.clock = clock;
    }

    static Optional<MomentOfDay> of(String code) {
        return Arrays.stream(values())
                .filter(moment -> moment.code().equals(code))
                .findFirst();
    }

    String code() {
        return code == null ? name() : code;
    }

    boolean takesOffset() {
        return direction != Direction.NONE;
    }

    Stream<LocalDateTime> on(LocalDate day, int offsetMinutes, DayRhythm rhythm) {
        long minutes = direction == Direction.BEFORE ? -offsetMinutes : offsetMinutes;
        return clock.apply(rhythm).stream().map(time -> day.atTime(time).plusMinutes(minutes));
    }

    /** How often on a day. */
    int times() {
        return clock.apply(DayRhythm.USUAL).size();
    }

    private static List<LocalTime> meals(DayRhythm rhythm) {
        return List.of(rhythm.breakfast(), rhythm.lunch(), rhythm.dinner());
    }

    private static Function<DayRhythm, List<LocalTime>> at(int hour) {
        return rhythm -> List.of(LocalTime.of(hour, 0));
    }
}
