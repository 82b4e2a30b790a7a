package eu.sinusnode.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Sends a workload over several kept-alive connections for a fixed time; an answer other than 200 ends the benchmark. */
public final class LoadDriver {

    private final int connections;

    public LoadDriver(int connections) {
        this.connections = connections;
    }

    /**
     * What one round saw.
     *
     * @param milliseconds of each request, from sending to the last byte
     * @param bytes of all answers' bodies
     */
    public record Outcome(List<Double> milliseconds, long bytes, Duration took) {

        public int requests() {
            return milliseconds.size();
        }

        public double perSecond() {
            return requests() / (took.toNanos() / 1e9);
        }
    }

    /** @param bearer sent when it is not empty */
    public Outcome run(Workload workload, String fhirBase, String bearer, Duration time) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long began = System.nanoTime();
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(() -> one(workload, fhirBase, bearer, began + time.toNanos())));
            }
            List<Double> milliseconds = new ArrayList<>();
            long bytes = 0;
            for (Future<Outcome> each : running) {
                Outcome outcome = each.get();
                milliseconds.addAll(outcome.milliseconds());
                bytes += outcome.bytes();
            }
            return new Outcome(milliseconds, bytes, Duration.ofNanos(System.nanoTime() - began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load was interrupted.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A request failed.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome one(Workload workload, String fhirBase, String bearer, long until) {
        List<Double> milliseconds = new ArrayList<>();
        long bytes = 0;
        Supplier<Call> calls = workload.connection().get();
        long began = System.nanoTime();
        while (System.nanoTime() < until) {
            Call call = calls.get();
            long sent = System.nanoTime();
            bytes += send(URI.create(fhirBase + (call.path().isEmpty() ? "" : "/" + call.path())), call, bearer);
            milliseconds.add((System.nanoTime() - sent) / 1e6);
        }
        return new Outcome(milliseconds, bytes, Duration.ofNanos(System.nanoTime() - began));
    }

    /** The plainest client there is: what the client costs would be taken for the server's on a machine of two cores. */
    private static long send(URI uri, Call call, String bearer) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestProperty("Accept", "application/fhir+json");
            if (!bearer.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + bearer);
            }
            if (call.body() != null) {
                byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
                connection.setRequestMethod("POST");
                connection.setRequestProperty("Content-Type", "application/fhir+json");
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new IllegalStateException(
                        connection.getRequestMethod() + " " + uri.getPath() + " answered " + status + said(connection));
            }
            try (InputStream body = connection.getInputStream()) {
                return body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            return body == null ? "" : ": " + new String(body.readNBytes(500), StandardCharsets.UTF_8);
        }
    }
}
