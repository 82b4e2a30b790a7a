package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.JobSettings;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.process.PidFile;
import eu.sinusnode.launcher.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The scheduled analysis as a process of its own. It needs no other part in order to start or to stay: what the server
 * cannot do now, it does later.
 */
public final class ScheduleService implements Service {

    /** Wrong options, an unusable key or model file, another one at work: it ends within this time or not at all. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final Installation installation;
    private final Daemon daemon;

    public ScheduleService(Installation installation) {
        this.installation = installation;
        this.daemon = new Daemon("analysis", installation.home());
    }

    @Override
    public String name() {
        return "Analysis";
    }

    @Override
    public Started start(Progress.Task task) {
        JobSettings settings = installation.job();
        String build = installation.programs().build(AnalysisOptions.MODULE) + "-" + settings.every() + "-"
                + settings.memory() + "-" + settings.land();
        Optional<PidFile.Remembered> running = daemon.running();
        if (running.isPresent() && running.get().build().equals(build)) {
            return new Started(false, "was running, " + pace());
        }
        if (running.isPresent()) {
            task.note("replacing a process of an earlier build or other settings");
            daemon.stop();
        }
        ProcessHandle process =
                daemon.start(build, AnalysisOptions.jvm(settings.memory()), program(settings.every()), Map.of());
        if (hasEnded(process)) {
            throw new Trouble(
                    "The analysis ended while it started. It said: "
                            + daemon.log().lastWords(),
                    "The whole log is " + daemon.log().path() + ".");
        }
        return new Started(true, pace());
    }

    @Override
    public State state() {
        return daemon.running()
                .map(r -> new State(
                        true,
                        pace() + ", process " + r.process().pid() + ", log "
                                + daemon.log().path()
                                + LookProgress.of(installation.home().job())
                                        .map(look -> "; " + look)
                                        .orElse("")))
                .orElseGet(() ->
                        new State(false, "not running, log " + daemon.log().path()));
    }

    @Override
    public boolean stop() {
        return daemon.stop();
    }

    private String pace() {
        return "what is new every " + installation.job().every() + ", everybody once a day";
    }

    private List<String> program(Duration every) {
        AnalysisOptions options = new AnalysisOptions(installation);
        List<String> program = options.program("schedule");
        program.addAll(options.scoring());
        program.add("--every=" + every);
        return program;
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stays) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
