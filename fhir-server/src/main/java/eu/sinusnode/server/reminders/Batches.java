package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import eu.sinusnode.policy.access.FaultOrigin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on batches, each in a transaction. One that fails is done again row by row, and a row that fails by itself stands aside for a while:
 * what can never be done must not hold back the others.
 */
final class Batches {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    /** So many in a row are no accident; the worker pauses, and they stand aside meanwhile. */
    private static final int TOO_MANY = 5;

    private final IHapiTransactionService transactions;
    private final MeterRegistry meters;

    /** @param meters counts in {@code sinusnode.reminders.aside} what stands aside, by {@code step} */
    Batches(IHapiTransactionService transactions, MeterRegistry meters) {
        this.transactions = transactions;
        this.meters = meters;
    }

    /**
     * What is done to rows, in one transaction.
     *
     * @param name for the log and the metric
     * @param take locks at most so many rows that are not aside, those of other nodes passed over
     * @param aside lets a row stand aside, and says how often it has been tried
     */
    record Step<T>(
            String name,
            IntFunction<List<T>> take,
            Function<T, UUID> id,
            Consumer<List<T>> work,
            ToIntFunction<UUID> aside) {}

    /**
     * @return how many rows there were
     * @throws RuntimeException when nothing can be taken, as without a database
     */
    <T> int work(Step<T> step, int most) {
        try {
            return inTransaction(() -> {
                List<T> taken = step.take().apply(most);
                step.work().accept(taken);
                return taken.size();
            });
        } catch (RuntimeException broken) {
            return oneByOne(step, most);
        }
    }

    private <T> int oneByOne(Step<T> step, int most) {
        int tried = 0;
        int aside = 0;
        while (tried < most) {
            Row row = one(step);
            if (row == Row.NONE) {
                break;
            }
            tried++;
            aside += row == Row.ASIDE ? 1 : 0;
            if (aside == tried && aside == TOO_MANY) {
                throw new IllegalStateException("The first " + TOO_MANY + " of a batch failed, so it is not they.");
            }
        }
        return tried;
    }

    private enum Row {
        NONE,
        DONE,
        ASIDE
    }

    private <T> Row one(Step<T> step) {
        AtomicReference<UUID> taken = new AtomicReference<>();
        try {
            int done = inTransaction(() -> {
                List<T> next = step.take().apply(1);
                next.forEach(row -> taken.set(step.id().apply(row)));
                step.work().accept(next);
                return next.size();
            });
            return done > 0 ? Row.DONE : Row.NONE;
        } catch (RuntimeException broken) {
            UUID row = taken.get();
            if (row == null) {
                throw broken;
            }
            setAside(step, row, broken);
            return Row.ASIDE;
        }
    }

    private void setAside(Step<?> step, UUID row, RuntimeException broken) {
        int tries = inTransaction(() -> step.aside().applyAsInt(row));
        Counter.builder("sinusnode.reminders.aside")
                .tag("step", step.name())
                .register(meters)
                .increment();
        LOG.error(
                "A reminder, or a plan, could not be worked on (step {}, try {}) and stands aside; the others go on: {}",
                step.name(),
                tries,
                FaultOrigin.of(broken));
    }

    private int inTransaction(IntSupplier step) {
        return Objects.requireNonNull(transactions.withSystemRequest().execute(step::getAsInt));
    }
}
