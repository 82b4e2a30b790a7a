package eu.sinusnode.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.benchmarks.all.ResultFile;
import eu.sinusnode.benchmarks.measure.Result;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PageTest {

    private static final String MACHINE = "two cores";

    @Test
    void withoutRunsThePageSaysSo() {
        assertThat(Page.of(List.of()))
                .containsOnlyKeys("README.md")
                .hasEntrySatisfying("README.md", page -> assertThat(page).contains("No run of these sizes is kept."));
    }

    @Test
    void aFigureStandsBesideWhatItMustAndTheLoadThatItHad() {
        String page = page(file("a1", false, 3.5, Result.besideStock("read", 1400, 1000, "requests/s", 1.2)));

        assertThat(page)
                .contains(
                        "| record by id, rate of stock's | **1.4** | at least 0.9 | 1.2 | reached | a1 | 2026-11-28 | 3.5 |");
    }

    @Test
    void whatIsNotReachedIsSaid() {
        assertThat(page(file("a1", false, 1, Result.alone("start", 19, "s", null))))
                .contains("| start, s to ready | **19** | at most 15 | 8 | not reached |");
    }

    @Test
    void whatGotWorseIsSaidAndWhatGotBetterIsNot() {
        String page = page(
                file("a1", false, 1, Result.alone("start", 10, "s", null), Result.alone("lastn", 9, "ms", null)),
                file("b2", false, 2, Result.alone("start", 12, "s", null), Result.alone("lastn", 4, "ms", null)));

        assertThat(page).contains("- start, s to ready: 12 after 10, 1.20 times worse (b2 at load 2.0, before that a1");
        assertThat(page).doesNotContain("`$lastn`, ms p95: 4 after");
    }

    @Test
    void aRateThatFellIsWorseToo() {
        assertThat(page(
                        file("a1", false, 1, Result.alone("import", 6000, "vitals/s", null)),
                        file("b2", false, 1, Result.alone("import", 3000, "vitals/s", null))))
                .contains("`$import`, vitals/s: 3,000 after 6,000, 2.00 times worse");
    }

    @Test
    void quickSizesAreNotHeldAgainstFullOnes() {
        String page = page(
                file("a1", false, 1, Result.alone("start", 10, "s", null)),
                file("b2", true, 1, Result.alone("start", 30, "s", null)));

        assertThat(page).doesNotContain("times worse");
    }

    @Test
    void runsOfOneMachineMakeAHistory() {
        Map<String, String> pages = Page.of(List.of(
                file("a1", false, 1, Result.alone("start", 10, "s", null)),
                file("b2", false, 1, Result.alone("start", 9, "s", null))));

        assertThat(pages).containsKeys("full.svg", "full-start-ours.svg");
        assertThat(pages.get("full-start-ours.svg")).contains("a1", "b2", ">10<", ">9<");
    }

    @Test
    void aFigureWithoutAnAimIsShownToo() {
        assertThat(page(file("a1", true, 2.5, Result.beside("population", 3.7, 1.85, "ms a first page", null))))
                .contains("| population | 3.7 | ms a first page | 2 | a1 | 2026-11-28 | 2.5 |");
    }

    @Test
    void chartsAreXml() throws Exception {
        Map<String, String> pages = Page.of(List.of(
                file("a1", false, 1, Result.besideStock("read", 0.001, 1000, "requests/s", 1.2)),
                file("b2", false, 1, Result.besideStock("read", 1e9, 1000, "requests/s", 1.2))));

        for (Map.Entry<String, String> page : pages.entrySet()) {
            if (page.getKey().endsWith(".svg")) {
                assertThat(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(page.getValue())))
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("svg");
            }
        }
    }

    @Test
    void aBenchmarkThatFellIsNamed() {
        ResultFile.Entry fell = new ResultFile.Entry("risk", List.of(), 1, 5, 1, List.of());
        ResultFile.Entry worked =
                new ResultFile.Entry("start", List.of(), 1, 5, 0, List.of(Result.alone("start", 9, "s", null)));
        ResultFile file = new ResultFile(
                new ResultFile.Head("2026-11-28T10:00:00Z", "a1", MACHINE, false), List.of(worked, fell));

        assertThat(page(file)).contains("**`bench risk` failed** in the newest run.");
    }

    private static String page(ResultFile... files) {
        return Page.of(List.of(files)).getOrDefault("README.md", "");
    }

    private static ResultFile file(String commit, boolean quick, double load, Result... results) {
        return new ResultFile(
                new ResultFile.Head("2026-11-28T10:00:00Z", commit, MACHINE, quick),
                List.of(new ResultFile.Entry("one", List.of("--rounds", "2"), load, 60, 0, List.of(results))));
    }
}
