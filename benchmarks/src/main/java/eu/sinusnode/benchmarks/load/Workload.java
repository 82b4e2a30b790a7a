package eu.sinusnode.benchmarks.load;

import java.util.List;

/**
 * Requests that are sent over and over, in this order by each connection, each connection starting elsewhere.
 *
 * @param name for the report
 * @param paths relative to the FHIR base, e.g. {@code Observation/…}
 */
public record Workload(String name, List<String> paths) {

    public Workload {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("The workload " + name + " has no requests: is the cohort loaded?");
        }
    }
}
