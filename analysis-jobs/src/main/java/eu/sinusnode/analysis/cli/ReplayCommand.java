package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpRecordedInputs;
import eu.sinusnode.analysis.http.HttpReplayDesk;
import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.replay.Replay;
import eu.sinusnode.analysis.replay.ReplayJob;
import eu.sinusnode.analysis.replay.ReplayOutcome.Kind;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.RiskModels;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers what is asked of the job about old flags. */
@Command(
        name = "replay",
        description =
                "Compute the risk flags again that the server has open Tasks of code risk-replay for, from the versions"
                        + " that they were made of, and write what came out. The last line is one JSON object.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--task",
            paramLabel = "ID",
            description =
                    "answer this Task, as $risk-replay named it; may be given again. Without it, the oldest hundred open"
                            + " ones, which the server finds as long as a search may cover all patients")
    private List<String> tasks = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        try {
            FhirHttp fhir = server.connect(Retry.standard(pause -> Thread.sleep(pause.toMillis())));
            ReplayJob job = new ReplayJob(
                    new HttpReplayDesk(fhir, tasks),
                    new HttpRecordedInputs(fhir),
                    new Replay(RiskModels.all()),
                    Clock.systemUTC());
            System.out.println(new ObjectMapper().writeValueAsString(report(job.run())));
            return 0;
        } catch (TransientFailure | RequestRefused | ModelRefused failure) {
            System.err.println("replay: " + failure.getMessage() + "; what is not answered stays open");
            return 1;
        }
    }

    /** By the outcomes' codes. */
    static Map<String, Integer> report(Map<Kind, Integer> answered) {
        Map<String, Integer> report = new LinkedHashMap<>();
        answered.forEach((kind, count) -> report.put(kind.code(), count));
        return report;
    }
}
