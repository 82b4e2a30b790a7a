package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.HttpRunLog;
import eu.sinusnode.analysis.http.IssuerDiscovery;
import eu.sinusnode.analysis.http.PrivateKeyJwtTokens;
import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.job.Checkpoint;
import eu.sinusnode.analysis.job.LeftOutList;
import eu.sinusnode.analysis.job.RiskScoringJob;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores all patients who are open to automated analysis and writes their flags. */
@Command(
        name = "risk",
        description =
                "Read vitals, score risks and write flags, a range of patients at a time. Interrupted, it goes on where"
                        + " it stopped. The last line is one JSON object.",
        mixinStandardHelpOptions = true)
public final class RiskCommand implements Callable<Integer> {

    @Option(names = "--fhir-base", required = true, paramLabel = "URL", description = "base of the FHIR server")
    private URI fhirBase;

    @ArgGroup(multiplicity = "1")
    private Authority authority = new Authority();

    /** Who gives tokens: named directly, or found through its discovery document. */
    static final class Authority {
        @Option(names = "--token-endpoint", paramLabel = "URL", description = "OAuth token endpoint")
        private @Nullable URI tokenEndpoint;

        @Option(
                names = "--issuer",
                paramLabel = "URL",
                description = "or the issuer, whose discovery document names it")
        private @Nullable URI issuer;
    }

    @Option(names = "--client-id", defaultValue = "analysis-job", description = "OAuth client (${DEFAULT-VALUE})")
    private String clientId;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "private JWK of the client, ES384")
    private Path key;

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

    @Override
    public Integer call() throws IOException {
        if (range < 1 || range > 200 || threads < 1 || threads > PatientSlice.COUNT) {
            System.err.println("--range must be 1 to 200 and --threads 1 to " + PatientSlice.COUNT);
            return 2;
        }
        Files.createDirectories(state);
        try (FileChannel channel = FileChannel.open(
                        state.resolve("risk.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.err.println("Another run uses " + state + "; wait for it or choose another --state");
                return 1;
            }
            return run();
        } catch (TransientFailure | RequestRefused | ModelRefused | IllegalArgumentException failure) {
            System.err.println("risk: " + failure.getMessage() + "; the next run goes on with what is not finished");
            return 1;
        }
    }

    private int run() throws IOException {
        Instant start = Instant.now();
        ProgressLine progress = new ProgressLine(System.err, System.console() != null);
        RunCounts counts = job(progress)
                .run(new RiskScoringJob.Order(fhirBase.toString(), range, asOf, start.truncatedTo(ChronoUnit.SECONDS)));
        progress.end();
        System.out.println(report(counts, Duration.between(start, Instant.now())));
        return counts.flags().failed() == 0 ? 0 : 1;
    }

    private RiskScoringJob job(ProgressLine progress) throws IOException {
        Clock clock = Clock.systemUTC();
        Retry retry = Retry.standard();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        PrivateKeyJwtTokens tokens = new PrivateKeyJwtTokens(
                http, tokenEndpoint(http, retry), clientId, PrivateKeyJwtTokens.readKey(key), retry, clock);
        FhirHttp fhir = new FhirHttp(http, fhirBase, tokens, retry);
        return new RiskScoringJob(
                new HttpReadingSource(fhir),
                new PatientRangeScoring(RiskModels.all()),
                new FlagWriter(new HttpFlagStore(fhir), retry.withAttempts(3), clock),
                new Workers(threads),
                new Checkpoint(state),
                new LeftOutList(state),
                progress,
                new HttpRunLog(fhir, retry));
    }

    private URI tokenEndpoint(HttpClient http, Retry retry) {
        if (authority.tokenEndpoint != null) {
            return authority.tokenEndpoint;
        }
        return IssuerDiscovery.tokenEndpoint(http, Objects.requireNonNull(authority.issuer), retry);
    }

    private static String report(RunCounts counts, Duration took) throws IOException {
        FlagChanges flags = counts.flags();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("patients", counts.patients());
        report.put("readings", counts.readings());
        report.put("series", counts.series());
        for (Fault fault : Fault.values()) {
            report.put(fault.reportName(), counts.leftOut(fault));
        }
        report.put("flagsRaised", flags.raised());
        report.put("flagsChanged", flags.changed());
        report.put("flagsUnchanged", flags.unchanged());
        report.put("flagsWithdrawn", flags.withdrawn());
        report.put("notComputable", flags.notComputable());
        report.put("withheld", flags.withheld());
        report.put("failed", flags.failed());
        report.put("seconds", took.toMillis() / 1000.0);
        return new ObjectMapper().writeValueAsString(report);
    }
}
