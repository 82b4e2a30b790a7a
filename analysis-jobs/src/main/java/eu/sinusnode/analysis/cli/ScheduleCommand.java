package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpModelWeeks;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.HttpRecordedInputs;
import eu.sinusnode.analysis.http.HttpReplayDesk;
import eu.sinusnode.analysis.http.HttpRunProgress;
import eu.sinusnode.analysis.http.HttpRunReports;
import eu.sinusnode.analysis.job.KeptReports;
import eu.sinusnode.analysis.job.Precedence;
import eu.sinusnode.analysis.job.ProgressFile;
import eu.sinusnode.analysis.job.RiskScoringJob;
import eu.sinusnode.analysis.job.RunFiles;
import eu.sinusnode.analysis.job.RunProgress;
import eu.sinusnode.analysis.job.RunResult;
import eu.sinusnode.analysis.job.Schedule;
import eu.sinusnode.analysis.job.ScheduledLooks;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.replay.Replay;
import eu.sinusnode.analysis.replay.ReplayJob;
import eu.sinusnode.analysis.replay.ReplayOutcome;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.WatchFile;
import eu.sinusnode.analysis.watch.WatchLimits;
import eu.sinusnode.analysis.watch.WatchRun;
import eu.sinusnode.analysis.watch.WeeklyWatch;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The analysis as a process that stays: what is new, everybody once a day, the models once a week, replays, and reports of
 * all that.
 */
@Command(
        name = "schedule",
        description =
                "Score what is new each time that the pause is over, everybody once a day, watch the models once a week, and answer"
                        + " what is asked of old flags, until told to end. A line of JSON for each run.",
        mixinStandardHelpOptions = true)
public final class ScheduleCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int TROUBLE = 1;
    private static final int WRONG_USE = 2;
    private static final int RANGE = 100;
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private CalendarOptions calendar = new CalendarOptions();

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "where the runs keep their state")
    private Path state;

    @Option(
            names = "--every",
            defaultValue = "PT1M",
            paramLabel = "DURATION",
            description = "from one look at what is new to the next, a second at least (${DEFAULT-VALUE})")
    private Duration every;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "ranges of patients at a time, 1 to 16; default: as many as cores")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), PatientSlice.COUNT);

    /** One of the things that are done again and again. */
    private record Lane(String name, Attempt.Work work) {}

    @Override
    public Integer call() throws IOException {
        if (every.compareTo(LEAST_PAUSE) < 0 || threads < 1 || threads > PatientSlice.COUNT) {
            System.err.println("--every must be at least " + LEAST_PAUSE + " and --threads 1 to " + PatientSlice.COUNT);
            return WRONG_USE;
        }
        Files.createDirectories(state);
        try (Termination termination = new Termination()) {
            StopSignal stop = termination.signal();
            return new Attempt("schedule", stop).at(() -> alone(stop)) ? DONE : TROUBLE;
        }
    }

    private boolean alone(StopSignal stop) throws IOException {
        try (StateLock lock = StateLock.take(state, "schedule.lock")) {
            Retry retry = Retry.standard(stop::pause);
            Connection connection = new Connection(server, retry);
            List<Lane> lanes = lanes(connection, retry, stop);
            new Workers(lanes.size()).forEach(lanes, lane -> repeat(lane, connection, stop));
            return true;
        }
    }

    private void repeat(Lane lane, Connection connection, StopSignal stop) {
        Attempt attempt = new Attempt(lane.name(), stop);
        new Schedule(every, stop::pause, Clock.systemUTC()).repeat(() -> {
            boolean done = attempt.at(lane.work());
            if (!done) {
                connection.forget();
            }
            return done;
        });
    }

    private List<Lane> lanes(Connection connection, Retry retry, StopSignal stop) throws IOException {
        List<RiskModel> models = RiskModels.all();
        Precedence precedence = new Precedence();
        KeptReports ofDays = KeptReports.ofEachDay(state.resolve("news"));
        KeptReports ofRuns = KeptReports.ofEachRun(state.resolve("everybody"));
        RunFiles news = RunFiles.ofNews(state.resolve("news"), ofDays);
        RunFiles everybody = RunFiles.in(state.resolve("everybody"), ofRuns);
        ScheduledLooks looks = new ScheduledLooks(precedence, news, everybody);
        ProgressFile shown = new ProgressFile(state.resolve("everybody"), Clock.systemUTC());
        Lane ofNews = new Lane(
                "news",
                () -> tell(
                        "news",
                        looks.news(
                                parts(connection, retry, models, stop)
                                        .scored(calendar.workingDays(), Turn.AT_ONCE, news, reached -> {}),
                                order(false))));
        Lane ofEverybody = new Lane("everybody", () -> {
            JobParts parts = parts(connection, retry, models, stop);
            RunProgress progress = shown.and(new HttpRunProgress(parts.fhir(), Clock.systemUTC()));
            return tell(
                    "everybody",
                    looks.everybody(
                            parts.scored(calendar.workingDays(), precedence.ofEverybody(), everybody, progress),
                            order(true)));
        });
        Lane ofWeeks = new Lane("watch", () -> watch(connection, models, precedence.ofEverybody()));
        Lane ofReplays = new Lane("replay", () -> replay(connection.open(), models));
        // A lane of its own: no report that is not taken keeps a flag waiting.
        Lane ofReports = new Lane("reports", () -> report(connection.open(), List.of(ofRuns, ofDays)));
        return List.of(ofNews, ofEverybody, ofWeeks, ofReplays, ofReports);
    }

    /** What it puts into the shadow the next runs no longer write: each reads that anew. */
    private boolean watch(Connection connection, List<RiskModel> models, Turn turn) throws IOException {
        WatchFile file = new WatchFile(state);
        WeeklyWatch watch = new WeeklyWatch(file, Clock.systemUTC());
        if (!watch.isDue()) {
            return true;
        }
        try (StateLock lock = StateLock.take(state, WatchCommand.LOCK)) {
            FhirHttp fhir = connection.open();
            WatchRun run = new WatchRun(new HttpReadingSource(fhir), new HttpFlagStore(fhir), models, turn);
            List<ModelWeek> weeks = watch.catchUp(run::read, WatchLimits.STANDARD, new HttpModelWeeks(fhir));
            say(
                    "watch",
                    new ObjectMapper()
                            .writeValueAsString(Map.of(
                                    "weeks",
                                    weeks.size(),
                                    "shadows",
                                    file.load().shadows().keySet())));
            return true;
        }
    }

    private static boolean report(FhirHttp fhir, List<KeptReports> kept) throws IOException {
        for (KeptReports reports : kept) {
            reports.tell(new HttpRunReports(fhir), Clock.systemUTC());
        }
        return true;
    }

    private JobParts parts(Connection connection, Retry retry, List<RiskModel> models, StopSignal stop)
            throws IOException {
        return new JobParts(connection.open(), retry, models, state, new Workers(threads), stop);
    }

    private RiskScoringJob.Order order(boolean full) {
        return new RiskScoringJob.Order(
                server.fhirBase().toString(), RANGE, null, Clock.systemUTC(), JobParts.AHEAD, full);
    }

    private static boolean tell(String lane, Optional<RunResult> result) throws IOException {
        if (result.isPresent()) {
            say(lane, RunReport.json(result.get()));
            return result.get().counts().flags().failed() == 0;
        }
        return true;
    }

    private static boolean replay(FhirHttp fhir, List<RiskModel> models) throws IOException {
        Map<ReplayOutcome.Kind, Integer> answered = new ReplayJob(
                        new HttpReplayDesk(fhir, List.of()),
                        new HttpRecordedInputs(fhir),
                        new Replay(models),
                        Clock.systemUTC())
                .run();
        if (answered.values().stream().anyMatch(count -> count > 0)) {
            say("replay", new ObjectMapper().writeValueAsString(ReplayCommand.report(answered)));
        }
        return true;
    }

    private static void say(String lane, String json) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + lane + " " + json);
    }
}
