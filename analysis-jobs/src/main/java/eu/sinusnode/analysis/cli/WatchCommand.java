package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpLifts;
import eu.sinusnode.analysis.http.HttpModelWeeks;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.watch.Lift;
import eu.sinusnode.analysis.watch.Lifting;
import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.WatchFile;
import eu.sinusnode.analysis.watch.WatchLimits;
import eu.sinusnode.analysis.watch.WatchRun;
import eu.sinusnode.analysis.watch.WeeklyWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches the models, a week at a time. */
@Command(
        name = "watch",
        description =
                "Look at what the models were fed and said in the week up to now: drift, load, agreement, calibration."
                        + " A model beyond the limits goes into the shadow: the next runs compute and count it, and write none of"
                        + " its flags. A line of JSON for each model; the last line says which are in the shadow.",
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {

    /** Of the files of the watch, in the directory of the state. */
    static final String LOCK = "watch.lock";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "where the runs keep their state")
    private Path state;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "end of the week; default: now")
    private @Nullable Instant asOf;

    @Option(
            names = "--lift",
            paramLabel = "MODEL",
            description =
                    "take this model out of the shadow instead, with --by, --role and --reason; the next week becomes its"
                            + " reference")
    private @Nullable String lift;

    @Option(names = "--by", paramLabel = "NAME", description = "with --lift: who decides")
    private String by = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "with --lift: as what that person decides")
    private String role = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "with --lift: why, and on which figures")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(state);
        // What a look at the week and a lift make of the same file, neither may write over.
        try (StateLock lock = StateLock.take(state, LOCK)) {
            return lift == null ? watch() : lift(new Lift(lift, Instant.now().toString(), by, role, reason));
        } catch (IllegalArgumentException | ModelRefused unknown) {
            System.err.println("watch: " + unknown.getMessage());
            return 2;
        }
    }

    private int watch() throws IOException {
        WatchFile file = new WatchFile(state);
        try {
            for (ModelWeek week : week(file)) {
                System.out.println(JSON.writeValueAsString(week));
            }
            System.out.println(
                    JSON.writeValueAsString(Map.of("shadows", file.load().shadows())));
            return 0;
        } catch (TransientFailure | RequestRefused failure) {
            System.err.println("watch: " + failure.getMessage() + "; what was concluded before it holds");
            return 1;
        }
    }

    private int lift(Lift decided) throws IOException {
        Retry retry = Retry.standard(pause -> Thread.sleep(pause.toMillis()));
        try {
            new Lifting(new WatchFile(state), new HttpLifts(server.connect(retry), retry))
                    .lift(decided, RiskModels.all());
            return 0;
        } catch (TransientFailure | RequestRefused untold) {
            System.err.println("watch: " + untold.getMessage() + "; nothing was lifted");
            return 1;
        }
    }

    private List<ModelWeek> week(WatchFile file) throws IOException {
        Instant end = asOf == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : asOf;
        FhirHttp fhir = server.connect(Retry.standard(pause -> Thread.sleep(pause.toMillis())));
        return new WeeklyWatch(file, Clock.systemUTC())
                .watch(
                        end,
                        new WatchRun(
                                        new HttpReadingSource(fhir),
                                        new HttpFlagStore(fhir),
                                        RiskModels.all(),
                                        Turn.AT_ONCE)::read,
                        WatchLimits.STANDARD,
                        new HttpModelWeeks(fhir));
    }
}
