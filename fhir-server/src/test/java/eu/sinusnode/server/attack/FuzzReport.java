package eu.sinusnode.server.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was tried and what came of it: counts by feature and status, and every leak with what is needed to try it again. */
final class FuzzReport {

    /** More than this of one attacker say nothing new. */
    static final int MOST_LEAKS = 5;

    private final long seed;
    private final Map<String, Map<Integer, Integer>> byFeature = new TreeMap<>();
    private final Map<String, Integer> byAttacker = new TreeMap<>();
    private final List<String> leaks = new ArrayList<>();
    private final List<String> fleeting = new ArrayList<>();
    private int tries;

    FuzzReport(long seed) {
        this.seed = seed;
    }

    /** @param number of the try among the attacker's, from 1 */
    synchronized void add(Attacker attacker, int number, Template template, Oracle.Verdict verdict) {
        tries++;
        byAttacker.merge(attacker.name(), 1, Integer::sum);
        byFeature
                .computeIfAbsent(template.feature(), feature -> new TreeMap<>())
                .merge(verdict.status(), 1, Integer::sum);
        String which = "seed " + seed + ", " + attacker.name() + ", try " + number + ", " + template.feature() + ": "
                + template.line();
        verdict.leak().ifPresent(leak -> leaks.add(which + "\n" + leak));
        if (verdict.fleeting()) {
            fleeting.add(which);
        }
    }

    synchronized int tries() {
        return tries;
    }

    synchronized List<String> leaks() {
        return List.copyOf(leaks);
    }

    /** Answers that differed once and not again. */
    synchronized List<String> fleeting() {
        return List.copyOf(fleeting);
    }

    synchronized Map<String, Map<Integer, Integer>> byFeature() {
        return Map.copyOf(byFeature);
    }

    /** How many tries were answered with a status. */
    synchronized int answered(int status) {
        return byFeature.values().stream()
                .mapToInt(counts -> counts.getOrDefault(status, 0))
                .sum();
    }

    synchronized String text(Duration took) {
        StringBuilder text = new StringBuilder("# What the hidden-value fuzz tried\n\nSeed " + seed + ", " + tries
                + " tries, each in every world, in " + took.toSeconds() + " s. Leaks: " + leaks.size()
                + ". Answers that differed once and not again: " + fleeting.size()
                + ".\n\n| feature | tries by status |\n|---|---|\n");
        byFeature.forEach((feature, counts) ->
                text.append("| ").append(feature).append(" | ").append(counts).append(" |\n"));
        text.append("\n| attacker | tries |\n|---|---|\n");
        byAttacker.forEach((attacker, count) ->
                text.append("| ").append(attacker).append(" | ").append(count).append(" |\n"));
        leaks.forEach(leak -> text.append("\n## Leak\n```\n").append(leak).append("\n```\n"));
        fleeting.forEach(each -> text.append("\nFleeting: ").append(each).append('\n'));
        return text.toString();
    }

    void write(Path file, Duration took) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(took));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
