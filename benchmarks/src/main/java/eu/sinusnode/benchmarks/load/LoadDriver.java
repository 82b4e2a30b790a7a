package eu.sinusnode.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

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
        int next = ThreadLocalRandom.current().nextInt(workload.paths().size());
        long began = System.nanoTime();
        while (System.nanoTime() < until) {
            String path = workload.paths().get(next);
            next = (next + 1) % workload.paths().size();
            long sent = System.nanoTime();
            bytes += get(URI.create(fhirBase + "/" + path), bearer);
            milliseconds.add((System.nanoTime() - sent) / 1e6);
        }
        return new Outcome(milliseconds, bytes, Duration.ofNanos(System.nanoTime() - began));
    }

    /** The plainest client there is: what the client costs would be taken for the server's on a machine of two cores. */
    private static long get(URI uri, String bearer) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestProperty("Accept", "application/fhir+json");
            if (!bearer.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + bearer);
            }
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new IllegalStateException("GET " + uri.getPath() + " answered " + status);
            }
            try (InputStream body = connection.getInputStream()) {
                return body.transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
