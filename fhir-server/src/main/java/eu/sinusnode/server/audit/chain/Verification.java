package eu.sinusnode.server.audit.chain;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the chain found.
 *
 * @param days how many days' events were checked
 * @param events how many events were checked
 * @param first the first thing that is wrong
 */
public record Verification(long days, long events, Optional<Finding> first) {

    /**
     * @param day null when it concerns the chain as a whole
     * @param position of the event, null when it concerns the whole day
     */
    public record Finding(@Nullable LocalDate day, @Nullable Long position, String what) {

        @Override
        public String toString() {
            return (day == null ? "the chain" : day + (position == null ? "" : ", event " + position)) + ": " + what;
        }
    }

    public boolean holds() {
        return first.isEmpty();
    }

    /** Told now and then how far the verifier is. */
    @FunctionalInterface
    public interface Listener {
        void checked(long events, long ofAll);
    }
}
