package eu.sinusnode.benchmarks.all;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.benchmarks.Benchmarks;
import eu.sinusnode.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResultFileTest {

    private static final ResultFile.Head HEAD =
            new ResultFile.Head("2026-11-28T10:00:00Z", "0123456789ab+", "two cores", true);

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ResultFile.Entry entry = new ResultFile.Entry(
                "start",
                List.of("--rounds", "2"),
                1.5,
                61.2,
                0,
                List.of(Result.besideStock("start", 9, 19, "s", null), Result.alone("start.size", 312, "MB", null)));
        Path file = folder.resolve("one.jsonl");
        ResultFile.begin(file, HEAD);
        ResultFile.append(file, entry);

        assertThat(ResultFile.in(folder)).containsExactly(new ResultFile(HEAD, List.of(entry)));
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void runsComeByTheirDate() throws IOException {
        ResultFile.begin(folder.resolve("a.jsonl"), HEAD);
        ResultFile.Head earlier = new ResultFile.Head("2026-11-27T10:00:00Z", "a", "two cores", true);
        ResultFile.begin(folder.resolve("b.jsonl"), earlier);

        assertThat(ResultFile.in(folder)).extracting(ResultFile::head).containsExactly(earlier, HEAD);
    }

    @Test
    void everySizeIsOneThatItsBenchmarkTakes() {
        for (Sizes sizes : Sizes.ALL) {
            for (List<String> arguments : List.of(sizes.full(), sizes.quick())) {
                List<String> command = new ArrayList<>(List.of(sizes.benchmark()));
                command.addAll(arguments);
                assertThat(new CommandLine(new Benchmarks())
                                .parseArgs(command.toArray(String[]::new))
                                .subcommand())
                        .as(sizes.benchmark())
                        .isNotNull();
            }
        }
    }
}
