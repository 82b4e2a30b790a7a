package eu.sinusnode.launcher.progress;

import java.util.function.Supplier;

/** Tells the user what is going on. Safe to use from several threads at once. */
public interface Progress {

    /** Begins something of unknown length. */
    Task begin(String label);

    /**
     * Begins something whose length is known.
     *
     * @param total in any unit that {@link Task#advance} counts in
     */
    Task begin(String label, long total);

    /** A line that stays. */
    void say(String line);

    /** Runs the work as one task: its result is told by {@code outcome} when it ends well. */
    default <T> T during(String label, Supplier<T> work, java.util.function.Function<T, String> outcome) {
        try (Task task = begin(label)) {
            T result = work.get();
            task.done(outcome.apply(result));
            return result;
        }
    }

    /** One running thing. Closed without {@link #done} it counts as failed. */
    interface Task extends AutoCloseable {

        void advance(long amount);

        /** A few words on where the task is. */
        void note(String text);

        /** Ends the task well. */
        void done(String outcome);

        @Override
        void close();
    }
}
