package eu.sinusnode.benchmarks.page;

import eu.sinusnode.benchmarks.all.ResultFile;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The newest figures that no aim is about, as a table. */
final class OtherFigures {

    private OtherFigures() {}

    /** A figure, with where it comes from. */
    private record Figure(Result result, ResultFile.Head head, double load) {

        String row() {
            Double ratio = result.ratio();
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %.1f |%n",
                    result.name(),
                    Page.number(result.ours()),
                    result.unit(),
                    ratio == null ? "" : Page.number(ratio),
                    head.commit(),
                    head.date().substring(0, 10),
                    load);
        }
    }

    /** @return the table with its heading, or the empty string */
    static String of(List<ResultFile> files, boolean quick) {
        Map<String, Figure> newest = new TreeMap<>();
        for (ResultFile file : files) {
            if (file.head().quick() == quick) {
                for (ResultFile.Entry entry : file.entries()) {
                    entry.results().stream()
                            .filter(result -> Aim.ALL.stream()
                                    .noneMatch(aim -> aim.figure().equals(result.name())))
                            .forEach(
                                    result -> newest.put(result.name(), new Figure(result, file.head(), entry.load())));
                }
            }
        }
        if (newest.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                "### Figures without an aim\n\n| | | | ratio | commit | date | load |\n|---|---|---|---|---|---|---|\n");
        newest.values().forEach(figure -> text.append(figure.row()));
        return text.append('\n').toString();
    }
}
