package eu.sinusnode.benchmarks.page;

import eu.sinusnode.benchmarks.all.ResultFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page and its charts, as text by file name. */
final class Page {

    private static final double NOTABLY = 1.1;

    private static final String HEAD = """
            # Results

            Made by `./sinusnode bench page` of the files in [benchmarks/results](../../benchmarks/results), which `./sinusnode bench all` writes; not to be edited. What was measured by hand, and what was tried, is told in [What it costs](../performance.md); what more patients need in [Growth](growth.md).

            Machines differ, and so does what else they do: the load stands beside each figure. With other work beside it, times and rates say little; ratios and CPU-ms more.

            """;

    private static final String NONE = "No run of these sizes is kept.\n\n";

    private final List<ResultFile> files;
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder(HEAD);

    private Page(List<ResultFile> files) {
        this.files = files;
    }

    /** @param files the oldest first */
    static Map<String, String> of(List<ResultFile> files) {
        Page page = new Page(files);
        page.section("Full sizes", "full", false);
        page.section("Quick sizes", "quick", true);
        page.pages.put("README.md", page.text.toString().stripTrailing() + "\n");
        return page.pages;
    }

    private void section(String title, String word, boolean quick) {
        text.append("## ").append(title).append("\n\n");
        if (quick) {
            text.append(
                    "Far smaller than what the aims are about, on little data and with servers that still compile their"
                            + " code: they show whether something fell, not whether an aim is reached.\n\n");
        }
        List<Measured> newest = new ArrayList<>();
        List<String> slower = new ArrayList<>();
        List<String> histories = new ArrayList<>();
        for (Aim aim : Aim.ALL) {
            List<Measured> all = Measured.of(aim, files, quick);
            if (all.isEmpty()) {
                continue;
            }
            Measured last = all.get(all.size() - 1);
            newest.add(last);
            List<Measured> like = all.stream().filter(last::isLike).toList();
            if (like.size() > 1) {
                histories.add(history(aim, like, word));
                Measured before = like.get(like.size() - 2);
                if (last.worseThan(before) > NOTABLY) {
                    slower.add(slower(last, before));
                }
            }
        }
        String others = OtherFigures.of(files, quick);
        if (newest.isEmpty()) {
            text.append(others.isEmpty() ? NONE : others);
            return;
        }
        table(newest);
        String chart = word + ".svg";
        pages.put(
                chart,
                AimChart.svg(
                        title + ": newest figures against what they must",
                        newest.stream()
                                .map(each -> new AimChart.Bar(each.aim(), each.value()))
                                .toList()));
        text.append("![Newest figures against what they must](").append(chart).append(")\n\n");
        text.append("### What got worse\n\n")
                .append(
                        slower.isEmpty()
                                ? "Nothing by more than a tenth, of what was measured twice on the same machine with the"
                                        + " same sizes.\n\n"
                                : String.join("", slower) + "\n");
        failed(quick);
        histories.forEach(text::append);
        text.append(others);
    }

    private void table(List<Measured> newest) {
        text.append("| | measured | must | aim | | commit | date | load |\n|---|---|---|---|---|---|---|---|\n");
        for (Measured each : newest) {
            Aim aim = each.aim();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | **%s** | %s %s | %s | %s | %s | %s | %.1f |%n",
                    aim.what(),
                    number(each.value()),
                    aim.most() ? "at most" : "at least",
                    number(aim.must()),
                    number(aim.aim()),
                    aim.reached(each.value()) >= 1 ? "reached" : "not reached",
                    each.head().commit(),
                    each.head().date().substring(0, 10),
                    each.entry().load()));
        }
        text.append('\n');
    }

    private static String slower(Measured last, Measured before) {
        return String.format(
                Locale.ROOT,
                "- %s: %s after %s, %.2f times worse (%s at load %.1f, before that %s at load %.1f).%n",
                last.aim().what(),
                number(last.value()),
                number(before.value()),
                last.worseThan(before),
                last.head().commit(),
                last.entry().load(),
                before.head().commit(),
                before.entry().load());
    }

    /** Benchmarks of the newest run that did not come to their end. */
    private void failed(boolean quick) {
        files.stream()
                .filter(file -> file.head().quick() == quick)
                .reduce((before, after) -> after)
                .ifPresent(last -> last.entries().stream()
                        .filter(entry -> entry.exitCode() != 0)
                        .forEach(entry -> text.append("**`bench ")
                                .append(entry.benchmark())
                                .append("` failed** in the newest run.\n\n")));
    }

    private String history(Aim aim, List<Measured> all, String word) {
        String file = word + "-" + aim.figure() + "-" + aim.part().name().toLowerCase(Locale.ROOT) + ".svg";
        pages.put(
                file,
                HistoryChart.svg(
                        aim,
                        all.stream()
                                .map(each -> new HistoryChart.Point(each.head().commit(), each.value()))
                                .toList()));
        return "![" + aim.what().replace("`", "") + "](" + file + ")\n\n";
    }

    /** With three digits that count; thousands with a comma. */
    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value)
                .replaceFirst("\\.?0+$", "");
    }
}
