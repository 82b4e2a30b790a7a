package eu.sinusnode.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A code means one thing, says what to do, and stands on the page. */
class CodesTest {

    private record Told(String code, int status, String meaning, String remedy) {}

    private static final List<Told> ALL = Stream.concat(
                    Arrays.stream(DenialCode.values())
                            .map(code -> new Told(code.code(), code.status(), code.meaning(), code.remedy())),
                    Arrays.stream(RequestProblem.values())
                            .map(code -> new Told(code.code(), code.status(), code.meaning(), code.remedy())))
            .toList();

    @Test
    void codesAreDistinct() {
        assertThat(ALL)
                .extracting(Told::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("SN-[A-Z]+-\\d{3}"));
    }

    @Test
    void eachSaysWhatItMeansAndWhatToDo() {
        assertThat(ALL).extracting(Told::meaning).doesNotHaveDuplicates().allMatch(CodesTest::isSentence);
        assertThat(ALL).extracting(Told::remedy).allMatch(CodesTest::isSentence);
    }

    @Test
    void eachIsAnErrorButTheNoteOfALenientSearch() {
        assertThat(ALL)
                .filteredOn(told -> told.status() < 400 || told.status() >= 600)
                .extracting(Told::code)
                .containsExactly(RequestProblem.PARAMETER_PASSED_OVER.code());
    }

    @Test
    void eachStandsOnThePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "error-codes.md"));
        assertThat(ALL).allMatch(code -> page.contains("| `" + code.code() + "` | "));
    }

    private static boolean isSentence(String text) {
        return text.matches("\\p{Lu}.*\\.");
    }
}
