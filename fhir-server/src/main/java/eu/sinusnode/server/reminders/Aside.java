package eu.sinusnode.server.reminders;

import java.time.Duration;

/** How long a row that could not be worked on stands aside. */
final class Aside {

    /** Some two hours of trying. */
    static final int MOST_TRIES = 12;

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Aside() {}

    /**
     * Twice as long each time.
     *
     * @param tries from 1 on
     */
    static Duration pause(int tries) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(tries - 1, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
