package eu.sinusnode.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.BulkImport;
import eu.sinusnode.launcher.http.BulkImport.Input;
import eu.sinusnode.launcher.http.BulkImport.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Imports, each timed from its kick-off to its end, with where it was at each moment. */
public final class ImportCost {

    private static final long PAUSE_MILLIS = 250;

    private final ProcessHandle server;
    private final Path home;
    private final Consumer<String> out;

    /** @param home state directory of the installation, whose PostgreSQL is looked at */
    public ImportCost(ProcessHandle server, Path home, Consumer<String> out) {
        this.server = server;
        this.home = home;
        this.out = out;
    }

    /** At so many seconds so many lines were read. */
    private record Moment(double seconds, long lines) {}

    /**
     * @param perSecond lines a second from begin to end
     * @param first lines a second of the first tenth
     * @param last lines a second of the last tenth
     * @param serverCpu CPU-ms a line
     * @param databaseCpu CPU-ms a line
     */
    public record Result(
            long lines,
            double seconds,
            double perSecond,
            double first,
            double last,
            double serverCpu,
            double databaseCpu) {}

    public Result run(String what, BulkImport imports, List<Input> files) {
        Duration serverBefore = ProcessCpu.of(server);
        Duration databaseBefore = ProcessCpu.ofPostgres(home);
        long began = System.nanoTime();
        String status = imports.start(files);
        List<Moment> moments = new ArrayList<>(List.of(new Moment(0, 0)));
        State state = imports.look(status);
        while (state.manifest() == null) {
            moments.add(new Moment((System.nanoTime() - began) / 1e9, state.lines()));
            pause();
            state = imports.look(status);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long lines = created(state.manifest());
        moments.add(new Moment(seconds, lines));
        Result result = new Result(
                lines,
                seconds,
                lines / seconds,
                rate(moments, 0, lines / 10),
                rate(moments, lines - lines / 10, lines),
                ProcessCpu.of(server).minus(serverBefore).toNanos() / 1e6 / lines,
                ProcessCpu.ofPostgres(home).minus(databaseBefore).toNanos() / 1e6 / lines);
        out.accept(String.format(
                Locale.ROOT,
                "  %s: %d lines in %.1f s, %.0f/s (first tenth %.0f/s, last tenth %.0f/s); CPU-ms each: server %.3f,"
                        + " PostgreSQL %.3f",
                what,
                lines,
                seconds,
                result.perSecond(),
                result.first(),
                result.last(),
                result.serverCpu(),
                result.databaseCpu()));
        return result;
    }

    /** All lines have to be new ones: what is refused, or is there already, costs something else. */
    private static long created(JsonNode manifest) {
        long created = 0;
        for (JsonNode file : manifest.path("output")) {
            if (!file.path("state").asText().equals("complete")
                    || file.path("refused").asLong() + file.path("alreadyThere").asLong() > 0) {
                throw new Trouble("Not every line was stored: " + file, "The import's refused lines tell why.");
            }
            created += file.path("count").asLong();
        }
        return created;
    }

    /** Between two numbers of lines, with the moments of both put between those that were seen. */
    private static double rate(List<Moment> moments, long from, long to) {
        return (to - from) / (at(moments, to) - at(moments, from));
    }

    private static double at(List<Moment> moments, long lines) {
        Moment before = moments.get(0);
        for (Moment moment : moments) {
            if (moment.lines() >= lines) {
                long between = moment.lines() - before.lines();
                return between == 0
                        ? before.seconds()
                        : before.seconds() + (moment.seconds() - before.seconds()) * (lines - before.lines()) / between;
            }
            before = moment;
        }
        return before.seconds();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while an import was waited for.");
        }
    }
}
