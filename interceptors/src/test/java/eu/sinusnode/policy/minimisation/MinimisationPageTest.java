package eu.sinusnode.policy.minimisation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/minimisation.md} says what the code does, purpose by purpose and element by element. */
class MinimisationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "minimisation.md");

    @Test
    void eachPurposeHasItsRow() throws IOException {
        String page = Files.readString(PAGE);
        for (Purpose purpose : Purpose.values()) {
            String callers = Arrays.stream(CallerKind.values())
                    .filter(kind -> kind.purpose() == purpose)
                    .map(CallerKind::claim)
                    .collect(Collectors.joining(", "));
            assertThat(page)
                    .contains("| `%s` | %s | %s |\n"
                            .formatted(purpose, callers, Delivery.of(purpose).meaning()));
        }
    }

    @Test
    void eachTypeHasItsElements() throws IOException {
        String page = Files.readString(PAGE);
        for (String type : PseudonymisedElements.types()) {
            assertThat(page)
                    .contains("| %s | %s |\n".formatted(type, String.join(", ", PseudonymisedElements.of(type))));
        }
    }

    /** Whoever is not told whose records they are reads and searches nothing, and exports just what has the form. */
    @Test
    void whatIsPseudonymisedIsExportedAndNothingElse() {
        AccessMatrix matrix = AccessMatrix.standard();
        for (CallerKind kind : CallerKind.values()) {
            boolean pseudonymised = Delivery.of(kind.purpose()) == Delivery.PSEUDONYMISED;
            assertThat(kind.getsExportsAlone()).isEqualTo(pseudonymised);
            if (pseudonymised) {
                SortedSet<String> exported = new TreeSet<>(matrix.resourceTypes());
                exported.removeIf(type -> !matrix.exports(kind, type));
                assertThat(exported).isEqualTo(PseudonymisedElements.types());
                assertThat(matrix.resourceTypes()).allSatisfy(type -> {
                    assertThat(matrix.interactions(kind, type)).isEmpty();
                    assertThat(matrix.searchParameters(kind, type)).isEmpty();
                });
                assertThat(matrix.operations().values().stream()
                                .filter(operation -> operation.callers().contains(kind))
                                .map(AccessMatrix.OpenOperation::name))
                        .containsExactlyInAnyOrder("$export", "$export-status", "$export-file");
            }
        }
    }
}
