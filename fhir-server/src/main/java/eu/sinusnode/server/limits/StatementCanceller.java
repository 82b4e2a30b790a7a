package eu.sinusnode.server.limits;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends in PostgreSQL what runs on a connection whose request has had its time, again and again until the request gives the
 * connection back. No thread is interrupted: an interrupt would also close files that somebody else writes.
 */
final class StatementCanceller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementCanceller.class);
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

    private final ScheduledThreadPoolExecutor timer;

    StatementCanceller() {
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "statement-canceller");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @return to be ended before the connection is anybody else's */
    Watch watch(Connection connection, Deadline deadline) {
        Watch watch = new Watch(connection, deadline);
        watch.schedule(Math.max(0, deadline.left()));
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One connection in the hands of one request. */
    final class Watch {
        private final Connection connection;
        private final Deadline deadline;
        private @Nullable Future<?> next;
        private boolean ended;
        private boolean cancelled;

        private Watch(Connection connection, Deadline deadline) {
            this.connection = connection;
            this.deadline = deadline;
        }

        private synchronized void schedule(long nanos) {
            if (!ended && !timer.isShutdown()) {
                next = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
            }
        }

        private void look() {
            long left = deadline.left();
            if (left > 0) {
                schedule(left);
            } else {
                cancel();
                schedule(AGAIN);
            }
        }

        private synchronized void cancel() {
            if (ended) {
                return;
            }
            cancelled = true;
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.atWarn().addKeyValue("failure", e.getSQLState()).log("A statement could not be cancelled");
            }
        }

        /**
         * When it returns, nothing is cancelled any more.
         *
         * @return whether something was: the connection is not to be used again, since the cancellation may come late
         */
        synchronized boolean end() {
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
            return cancelled;
        }
    }
}
