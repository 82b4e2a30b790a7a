package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.flag.DryRun;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpRunReports;
import eu.sinusnode.analysis.job.KeptReports;
import eu.sinusnode.analysis.job.RiskScoringJob;
import eu.sinusnode.analysis.job.RunFiles;
import eu.sinusnode.analysis.job.RunProgress;
import eu.sinusnode.analysis.job.RunReports;
import eu.sinusnode.analysis.job.RunResult;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores all patients who are open to automated analysis and writes their flags. */
@Command(
        name = "risk",
        description =
                "Read vitals, score risks and write flags, a range of patients at a time. Interrupted, it goes on where"
                        + " it stopped. The last line is one JSON object.",
        mixinStandardHelpOptions = true)
public final class RiskCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int TROUBLE = 1;
    private static final int WRONG_USE = 2;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private CalendarOptions calendar = new CalendarOptions();

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "where the checkpoint lies")
    private Path state;

    @Option(names = "--range", defaultValue = "100", description = "patients at a time, 1 to 200 (${DEFAULT-VALUE})")
    private int range;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "ranges that are read, scored and written at a time, 1 to 16; default: as many as cores")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), PatientSlice.COUNT);

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "score as of this instant; default: each range as of when it is read")
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
            return new Attempt("risk", stop).at(() -> alone(stop)) ? DONE : TROUBLE;
        }
    }

    private @Nullable String wrongOptions() {
        if (range < 1 || range > 200 || threads < 1 || threads > PatientSlice.COUNT) {
            return "--range must be 1 to 200 and --threads 1 to " + PatientSlice.COUNT;
        }
        return null;
    }

    /** One run, unless another one is at work. */
    private boolean alone(StopSignal stop) throws IOException {
        try (StateLock lock = StateLock.take(state, "risk.lock")) {
            return run(stop);
        }
    }

    private boolean run(StopSignal stop) throws IOException {
        ProgressLine progress = new ProgressLine(System.err, System.console() != null);
        Retry retry = Retry.standard(stop::pause);
        FhirHttp fhir = server.connect(retry);
        KeptReports reports = KeptReports.ofEachRun(state);
        RunResult result = job(
                        new JobParts(fhir, retry, RiskModels.all(), state, new Workers(threads), stop),
                        reports,
                        progress)
                .run(new RiskScoringJob.Order(
                        server.fhirBase().toString(), range, asOf, Clock.systemUTC(), JobParts.AHEAD, full || dryRun));
        progress.end();
        reports.tell(new HttpRunReports(fhir), Clock.systemUTC());
        System.out.println(RunReport.json(result));
        return result.counts().flags().failed() == 0;
    }

    private RiskScoringJob job(JobParts parts, RunReports reports, RunProgress progress) throws IOException {
        // What a dry run has seen, nobody has been told.
        return dryRun
                ? parts.job(
                        new DryRun(), Turn.AT_ONCE, RunFiles.in(state.resolve("dry-run"), RunReports.NONE), progress)
                : parts.job(parts.flags(calendar.workingDays()), Turn.AT_ONCE, RunFiles.in(state, reports), progress);
    }
}
