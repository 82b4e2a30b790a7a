package eu.sinusnode.benchmarks.load;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Requests of one kind.
 *
 * @param name for the report
 * @param connection makes one connection's requests: what it gives is asked again and again, by one thread
 */
public record Workload(String name, Supplier<Supplier<Call>> connection) {

    /** The same reads over and over, in this order by each connection, each connection starting elsewhere. */
    public static Workload reads(String name, List<String> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("The workload " + name + " has no requests: is the cohort loaded?");
        }
        List<Call> calls = paths.stream().map(Call::get).toList();
        return new Workload(name, () -> new Supplier<>() {
            private int next = ThreadLocalRandom.current().nextInt(calls.size());

            @Override
            public Call get() {
                next = (next + 1) % calls.size();
                return calls.get(next);
            }
        });
    }
}
