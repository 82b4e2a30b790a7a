package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpModelWeeks;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.watch.ModelWatch;
import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.WatchFile;
import eu.sinusnode.analysis.watch.WatchLimits;
import eu.sinusnode.analysis.watch.WatchRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
            description = "take this model out of the shadow instead; the next week becomes its reference")
    private @Nullable String lift;

    @Override
    public Integer call() throws IOException {
        WatchFile file = new WatchFile(state);
        if (lift != null) {
            return lift(file, lift);
        }
        try {
            ModelWatch.Concluded concluded = watch(file);
            for (ModelWeek week : concluded.weeks()) {
                System.out.println(JSON.writeValueAsString(week));
            }
            System.out.println(
                    JSON.writeValueAsString(Map.of("shadows", concluded.state().shadows())));
            return 0;
        } catch (TransientFailure | RequestRefused | ModelRefused failure) {
            System.err.println("watch: " + failure.getMessage() + "; what was concluded before it holds");
            return 1;
        }
    }

    /** Also a model that no watch has looked at yet. */
    private static int lift(WatchFile file, String model) throws IOException {
        try {
            file.save(file.load()
                    .naming(RiskModels.all(), Instant.now().toString())
                    .lifted(model));
            return 0;
        } catch (IllegalArgumentException | ModelRefused unknown) {
            System.err.println("watch: " + unknown.getMessage());
            return 2;
        }
    }

    private ModelWatch.Concluded watch(WatchFile file) throws IOException {
        Instant end = asOf == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : asOf;
        FhirHttp fhir = server.connect(Retry.standard(pause -> Thread.sleep(pause.toMillis())));
        ModelWatch.Concluded concluded = new WatchRun(
                        new HttpReadingSource(fhir), new HttpFlagStore(fhir), RiskModels.all())
                .read(end)
                .conclude(file.load(), WatchLimits.STANDARD);
        // First what counts for the next run, then what is told of it.
        file.save(concluded.state());
        file.append(concluded.weeks());
        HttpModelWeeks reports = new HttpModelWeeks(fhir);
        for (ModelWeek week : concluded.weeks()) {
            reports.report(week, concluded.state().shadows().get(week.model()), Instant.now());
        }
        return concluded;
    }
}
