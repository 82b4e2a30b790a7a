package eu.sinusnode.benchmarks.all;

import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.page.PageCommand;
import eu.sinusnode.launcher.process.ChildCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Each benchmark in a process of its own; what one left in memory would be another's load. */
@Command(
        name = "all",
        description = "Runs the benchmarks one after the other and keeps what they come to in benchmarks/results, with"
                + " date and commit; docs/performance is made again of it.",
        mixinStandardHelpOptions = true)
public final class AllCommand implements Callable<Integer> {

    private static final String MAIN = "eu.sinusnode.benchmarks.Benchmarks";
    private static final String RESULT = "{\"name\":";

    @Option(names = "--quick", description = "Small sizes, some minutes each; without it the run takes some hours.")
    private boolean quick;

    @Option(names = "--only", split = ",", description = "These alone, e.g. start,ingest.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws IOException {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String commit = Commit.of(repository);
        Path file = repository.resolve("benchmarks/results/%s-%s%s.jsonl"
                .formatted(
                        now.toString().replace(":", "").replace("-", ""),
                        commit.replace("+", "-changed"),
                        quick ? "-quick" : ""));
        ResultFile.begin(file, new ResultFile.Head(now.toString(), commit, Machine.hardware(), quick));
        List<Sizes> wanted = Sizes.ALL.stream()
                .filter(sizes -> only.isEmpty() || only.contains(sizes.benchmark()))
                .toList();
        int failed = 0;
        for (int i = 0; i < wanted.size(); i++) {
            System.err.printf(
                    "benchmark %d of %d: %s%n",
                    i + 1, wanted.size(), wanted.get(i).benchmark());
            ResultFile.Entry entry = run(repository, wanted.get(i));
            ResultFile.append(file, entry);
            failed += entry.exitCode() == 0 ? 0 : 1;
        }
        PageCommand.write(repository);
        System.err.println("Written to " + repository.relativize(file) + (failed == 0 ? "" : "; failed: " + failed));
        return failed == 0 ? 0 : 1;
    }

    private ResultFile.Entry run(Path repository, Sizes sizes) {
        List<String> arguments = quick ? sizes.quick() : sizes.full();
        List<String> command = new ArrayList<>(List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dsinusnode.repository=" + repository,
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                sizes.benchmark()));
        command.addAll(arguments);
        double load = Machine.load();
        long began = System.nanoTime();
        List<Result> results = new ArrayList<>();
        int exitCode = new ChildCommand(command, repository, Map.of())
                .run(line -> {
                    System.out.println(line);
                    if (line.startsWith(RESULT)) {
                        results.add(Result.of(line));
                    }
                })
                .exitCode();
        double seconds = Math.round((System.nanoTime() - began) / 1e8) / 10.0;
        return new ResultFile.Entry(sizes.benchmark(), arguments, load, seconds, exitCode, results);
    }
}
