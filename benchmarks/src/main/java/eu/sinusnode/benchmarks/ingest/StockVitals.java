package eu.sinusnode.benchmarks.ingest;

import eu.sinusnode.benchmarks.load.Call;
import eu.sinusnode.benchmarks.load.LoadDriver;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vital signs of patients whom nobody asks for, in the stock server, by transactions of 100. */
public final class StockVitals {

    private static final int CONNECTIONS = 6;
    private static final int PATIENTS = 200;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Pattern TOTAL = Pattern.compile("\"total\"\\s*:\\s*(\\d+)");

    private final String base;
    private final Progress progress;

    /** @param base FHIR base of the stock server */
    public StockVitals(String base, Progress progress) {
        this.base = base;
        this.progress = progress;
    }

    /** Sends more until the server has at least so many Observations. */
    public void fill(long wanted) {
        long there = count();
        if (there >= wanted) {
            return;
        }
        List<String> patients = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(PATIENTS)
                .toList();
        StockPatients.bring(base, patients);
        Workload bundles = new Workload("100-vital transactions", () -> {
            VitalBundles some = new VitalBundles(patients);
            return () -> Call.post("", some.next());
        });
        LoadDriver driver = new LoadDriver(CONNECTIONS);
        try (Progress.Task task = progress.begin("Stock server's vital signs", wanted - there)) {
            for (long sent = 0; sent < wanted - there; ) {
                long now = (long) driver.run(bundles, base, "", STEP).requests() * VitalBundles.ENTRIES;
                sent += now;
                task.advance(now);
            }
            task.done("stored");
        }
    }

    private long count() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/Observation?_summary=count"))
                .header("Accept", "application/fhir+json")
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            Matcher total = TOTAL.matcher(answer.body());
            if (answer.statusCode() != 200 || !total.find()) {
                throw new Trouble(
                        "The stock server does not tell how many vital signs it has: status " + answer.statusCode()
                                + ".",
                        "Its log tells why.");
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("The stock server cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while vital signs were counted.");
        }
    }
}
