package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import eu.sinusnode.launcher.process.Ending;
import eu.sinusnode.launcher.process.ProcessMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The analysis job as a child process with its own client: one run, or one after the other. */
public final class RiskJob {

    private final Installation installation;

    public RiskJob(Installation installation) {
        this.installation = installation;
    }

    /**
     * @param asOf the instant to score at; null: now
     * @param options of the job's own beside those
     * @param lines told what the job says, as it says it
     * @return the job's last line, which sums the run up
     * @throws Trouble when the job did not end well
     */
    public String run(@Nullable Instant asOf, List<String> options, Consumer<String> lines) {
        List<String> command = command("risk-job", "risk");
        if (asOf != null) {
            command.add("--as-of=" + asOf);
        }
        command.addAll(options);
        ChildCommand.Result result = child(command).run(lines);
        if (result.exitCode() != 0) {
            throw new Trouble(
                    "The analysis job ended with code " + result.exitCode() + ": " + result.lastLine(),
                    "Run ./sinusnode job risk again; it goes on where it stopped.");
        }
        return result.lastLine();
    }

    /**
     * The schedule that {@code up} leaves running, in the foreground, until the launcher is told to end.
     *
     * @param options of the job's own beside those
     * @return the exit code
     */
    public int repeat(Duration every, List<String> options) {
        List<String> command = command("risk-schedule", "schedule");
        command.add("--every=" + every);
        command.addAll(options);
        return child(command).show();
    }

    private ChildCommand child(List<String> command) {
        return new ChildCommand(command, installation.home().root(), Map.of());
    }

    /** @param part a single run and a schedule may both be there; the job's lock lets one run at a time */
    private List<String> command(String part, String verb) {
        ProcessMark mark = new ProcessMark(part, installation.home());
        // One that a killed launcher left behind would hold the job's state; what it has finished is not done again.
        mark.find().ifPresent(Ending::of);
        List<String> command = new ArrayList<>(mark.options());
        AnalysisOptions options = new AnalysisOptions(installation);
        command.addAll(AnalysisOptions.jvm("1g"));
        command.addAll(options.program(verb));
        command.addAll(options.scoring());
        return command;
    }
}
