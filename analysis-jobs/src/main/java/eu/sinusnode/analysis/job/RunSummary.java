package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What one run came to, or those of a day together.
 *
 * @param id of the report, a UUID: the same however often it is told
 * @param start instant, ISO 8601, at which the first of them began
 * @param end instant, ISO 8601, at which the last of them was over
 * @param models what they scored with, as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
 * @param everybody completed runs over everybody
 * @param news completed runs over those of whom something had changed
 * @param brokenOff times that one broke off
 * @param counts of the completed runs; of one that broke off, until then
 * @param people ids of {@value #ENOUGH} of them at most: whether so many people stand behind the counts, and nothing else
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunSummary(
        String id,
        String start,
        String end,
        List<String> models,
        int everybody,
        int news,
        int brokenOff,
        RunCounts counts,
        Set<String> people) {

    /** Of fewer people nothing is told. */
    public static final int ENOUGH = 10;

    static RunSummary begin(String id, String start) {
        return new RunSummary(id, start, start, List.of(), 0, 0, 0, RunCounts.NONE, Set.of());
    }

    /** Whether they came to their end: at least one did, or none broke off. */
    public boolean isComplete() {
        return brokenOff == 0 || everybody + news > 0;
    }

    public boolean tellsOfEnoughPeople() {
        return people.size() >= ENOUGH;
    }

    RunSummary withCompleted(Checkpoint.State run, Instant now) {
        boolean full = run.since() == null;
        return reaching(run, now, everybody + (full ? 1 : 0), news + (full ? 0 : 1), brokenOff);
    }

    /** Alone: what it has seen counts when the run that goes on is whole. */
    RunSummary ofBrokenOff(Checkpoint.State run, Instant now) {
        String own = UUID.nameUUIDFromBytes((run.run() + " broke off").getBytes(StandardCharsets.UTF_8))
                .toString();
        return begin(own, run.begun()).reaching(run, now, 0, 0, brokenOff);
    }

    RunSummary withBreak(Instant now) {
        return new RunSummary(id, start, now.toString(), models, everybody, news, brokenOff + 1, counts, people);
    }

    private RunSummary reaching(Checkpoint.State run, Instant now, int ofEverybody, int ofNews, int broken) {
        Set<String> labels = new LinkedHashSet<>(models);
        labels.addAll(run.models());
        Set<String> some = new TreeSet<>(people);
        run.people().stream().takeWhile(person -> some.size() < ENOUGH).forEach(some::add);
        return new RunSummary(
                id,
                start,
                now.toString(),
                List.copyOf(labels),
                ofEverybody,
                ofNews,
                broken,
                counts.plus(run.counts()),
                Set.copyOf(some));
    }

    /** Whether the last of them was over on a day before that of the instant, by UTC. */
    boolean isOfAnEarlierDayThan(Instant now) {
        return Instant.parse(end).truncatedTo(ChronoUnit.DAYS).isBefore(now.truncatedTo(ChronoUnit.DAYS));
    }
}
