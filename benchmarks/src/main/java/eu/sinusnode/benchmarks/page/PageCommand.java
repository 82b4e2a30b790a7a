package eu.sinusnode.benchmarks.page;

import eu.sinusnode.benchmarks.all.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes docs/performance/README.md and its charts of what is kept in benchmarks/results. */
@Command(
        name = "page",
        description = "Makes docs/performance of the results that are kept in benchmarks/results.",
        mixinStandardHelpOptions = true)
public final class PageCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        write(Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath());
        return 0;
    }

    public static void write(Path repository) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("docs/performance"));
        for (Map.Entry<String, String> page : pages(repository).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    static Map<String, String> pages(Path repository) throws IOException {
        Map<String, String> pages =
                new LinkedHashMap<>(Page.of(ResultFile.in(repository.resolve("benchmarks/results"))));
        pages.putAll(GrowthPage.pages());
        return pages;
    }
}
