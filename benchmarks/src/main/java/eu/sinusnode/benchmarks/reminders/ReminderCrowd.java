package eu.sinusnode.benchmarks.reminders;

import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** Everybody is reminded at one moment: how fast the Tasks are there before, and how long after it the apps have been told. */
final class ReminderCrowd {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 20;

    /** What the slowest machine should make of them in a second, so that all are there before they are due. */
    private static final int TASKS_A_SECOND = 50;

    private static final Duration AT_LEAST = Duration.ofSeconds(20);

    private final MadeUpCrowd crowd;
    private final ToldApps told;
    private final ProcessHandle server;
    private final Path home;

    ReminderCrowd(MadeUpCrowd crowd, ToldApps told, ProcessHandle server, Path home) {
        this.crowd = crowd;
        this.told = told;
        this.server = server;
        this.home = home;
    }

    /** Tasks a second, and the lag of 95 in 100. */
    List<Result> measure(int burst, int apps) throws SQLException {
        crowd.fill(burst, apps, told.endpoint());
        told.forget();
        // The server hears of Subscriptions twice a second.
        sleep(3_000);
        Duration ahead = Duration.ofSeconds(burst / TASKS_A_SECOND).plus(AT_LEAST);
        Instant due = Instant.ofEpochSecond(Instant.now().plus(ahead).getEpochSecond());
        Cpu before = cpu();
        long began = System.nanoTime();
        crowd.remind(due);
        await("all are Tasks", () -> crowd.notMade() == 0);
        double seconds = (System.nanoTime() - began) / 1e9;
        Cpu made = cpu().minus(before);
        if (!Instant.now().isBefore(due)) {
            throw new IllegalStateException("Not all were Tasks before they were due.");
        }
        System.out.printf(
                Locale.ROOT,
                "  burst: %d Tasks in %.1f s, %.0f/s; CPU-ms each: %s%n",
                burst,
                seconds,
                burst / seconds,
                made.each(burst));
        sleep(Duration.between(Instant.now(), due).toMillis() - 500);
        Cpu beforeTelling = cpu();
        await("all apps are told", () -> told.count() >= apps);
        Cpu telling = cpu().minus(beforeTelling);
        List<Double> lags = told.lags(due);
        double median = lags.get(apps / 2);
        double late = lags.get((int) Math.ceil(0.95 * apps) - 1);
        System.out.printf(
                Locale.ROOT,
                "  told: %d apps, lag median %.2f s, 95 in 100 %.2f s, longest %.2f s; CPU-ms each: %s%n",
                apps,
                median,
                late,
                lags.get(apps - 1),
                telling.each(apps));
        return List.of(
                Result.alone("reminders.burst", burst / seconds, "Tasks/s", made.millis(burst)),
                Result.alone("reminders.lag", late, "s, 95 in 100 of " + apps + " apps", telling.millis(apps)));
    }

    private record Cpu(Duration server, Duration database) {

        Cpu minus(Cpu before) {
            return new Cpu(server.minus(before.server), database.minus(before.database));
        }

        double millis(int items) {
            return server.plus(database).toNanos() / 1e6 / items;
        }

        String each(int items) {
            return String.format(
                    Locale.ROOT,
                    "server %.3f, database %.3f",
                    server.toNanos() / 1e6 / items,
                    database.toNanos() / 1e6 / items);
        }
    }

    private Cpu cpu() {
        return new Cpu(ProcessCpu.of(server), ProcessCpu.ofPostgres(home));
    }

    private static void await(String what, Callable<Boolean> done) throws SQLException {
        long began = System.nanoTime();
        while (!isDone(done)) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("It did not come to it within " + LONGEST + ": " + what);
            }
            sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isDone(Callable<Boolean> done) throws SQLException {
        try {
            return done.call();
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(Math.max(0, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The measurement was broken off.");
        }
    }
}
