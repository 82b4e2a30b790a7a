package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.flag.DryRun;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.HttpRunLog;
import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.job.Checkpoint;
import eu.sinusnode.analysis.job.LastRun;
import eu.sinusnode.analysis.job.LeftOutList;
import eu.sinusnode.analysis.job.RiskScoringJob;
import eu.sinusnode.analysis.job.RunResult;
import eu.sinusnode.analysis.job.RunStopped;
import eu.sinusnode.analysis.job.Schedule;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.watch.WatchFile;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores all patients who are open to automated analysis and writes their flags. */
@Command(
        name = "risk",
        description =
                "Read vitals, score risks and write flags, a range of patients at a time. Interrupted, it goes on where"
                        + " it stopped. The last line of each run is one JSON object.",
        mixinStandardHelpOptions = true)
public final class RiskCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RiskCommand.class);
    private static final int DONE = 0;
    private static final int TROUBLE = 1;
    private static final int WRONG_USE = 2;
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);
    private static final List<Class<? extends Exception>> FORESEEN = List.of(
            TransientFailure.class,
            RequestRefused.class,
            UnknownSequence.class,
            ModelRefused.class,
            RunStopped.class,
            IllegalArgumentException.class,
            IOException.class);

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "where the checkpoint lies")
    private Path state;

    @Option(names = "--range", defaultValue = "100", description = "patients at a time, 1 to 200 (${DEFAULT-VALUE})")
    private int range;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "ranges that are read, scored and written at a time, 1 to 16; default: as many as cores")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), PatientSlice.COUNT);

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "score as of this instant; default: now")
    private @Nullable Instant asOf;

    @Option(
            names = "--full",
            description =
                    "read everybody; else only those of whom something has changed since the last run, and everybody"
                            + " when the last look at everybody is a day old")
    private boolean full;

    @Option(
            names = "--dry-run",
            description = "read and score everybody, count what would be raised, and write no flag")
    private boolean dryRun;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "go on for ever, with a run that often, e.g. PT15M; 10 seconds at least")
    private @Nullable Duration every;

    @Override
    public Integer call() throws IOException {
        String wrong = wrongOptions();
        if (wrong != null) {
            System.err.println(wrong);
            return WRONG_USE;
        }
        Files.createDirectories(state);
        try (Termination termination = new Termination()) {
            StopSignal stop = termination.signal();
            if (every == null) {
                return attempt(stop);
            }
            new Schedule(every, stop::pause, Clock.systemUTC()).repeat(() -> attempt(stop) == DONE);
            return DONE;
        }
    }

    private @Nullable String wrongOptions() {
        if (range < 1 || range > 200 || threads < 1 || threads > PatientSlice.COUNT) {
            return "--range must be 1 to 200 and --threads 1 to " + PatientSlice.COUNT;
        }
        if (every != null && (every.compareTo(LEAST_PAUSE) < 0 || asOf != null)) {
            return "--every must be at least " + LEAST_PAUSE + ", and runs as of its own time: without --as-of";
        }
        return null;
    }

    /** One run, unless another one is at work. */
    private int attempt(StopSignal stop) {
        try (FileChannel channel = FileChannel.open(
                        state.resolve("risk.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.err.println("Another run uses " + state + "; wait for it or choose another --state");
                return TROUBLE;
            }
            return run(stop);
        } catch (IOException | RuntimeException failure) {
            // One that nobody foresaw would end the schedule, and with it every later run.
            boolean foreseen = FORESEEN.stream().anyMatch(type -> type.isInstance(failure)) || stop.isAsked();
            System.err.println("risk: " + (foreseen ? failure.getMessage() : failure)
                    + "; the next run goes on with what is not finished");
            if (!foreseen) {
                LOG.error("The run failed", failure);
            }
            return TROUBLE;
        }
    }

    private int run(StopSignal stop) throws IOException {
        Instant start = Instant.now();
        ProgressLine progress = new ProgressLine(System.err, System.console() != null);
        RunResult result = job(progress, stop)
                .run(new RiskScoringJob.Order(
                        server.fhirBase().toString(),
                        range,
                        asOf,
                        start.truncatedTo(ChronoUnit.SECONDS),
                        full || dryRun));
        progress.end();
        System.out.println(RunReport.json(result, Duration.between(start, Instant.now())));
        return result.counts().flags().failed() == 0 ? DONE : TROUBLE;
    }

    private RiskScoringJob job(ProgressLine progress, StopSignal stop) throws IOException {
        Clock clock = Clock.systemUTC();
        // What a dry run has seen, nobody has been told.
        Path own = dryRun ? state.resolve("dry-run") : state;
        Retry retry = Retry.standard(stop::pause);
        FhirHttp fhir = server.connect(retry);
        return new RiskScoringJob(
                new HttpReadingSource(fhir),
                new PatientRangeScoring(new WatchFile(state).load().applied(RiskModels.all())),
                dryRun ? new DryRun() : new FlagWriter(new HttpFlagStore(fhir), retry.withAttempts(3), clock),
                new Workers(threads),
                stop,
                new Checkpoint(own),
                new LastRun(own),
                new LeftOutList(own),
                progress,
                new HttpRunLog(fhir, retry));
    }
}
