package eu.sinusnode.server.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgreementTest {

    /** Only their agreement tells anything. */
    private static final List<Agreement> ALONE = List.of(Agreement.NAMES_SWAPPED, Agreement.IDENTIFIER_SAME);

    @Test
    void theLevelsOfAnElementAreAllThatCanBe() {
        Map<String, List<Agreement>> byElement = Arrays.stream(Agreement.values())
                .filter(agreement -> !ALONE.contains(agreement))
                .collect(Collectors.groupingBy(Agreement::element));

        assertThat(byElement).hasSize(8).allSatisfy((element, levels) -> {
            assertThat(levels.stream().mapToDouble(Agreement::ofOnePerson).sum())
                    .isCloseTo(1, offset(1e-9));
            assertThat(levels.stream().mapToDouble(Agreement::ofTwoPersons).sum())
                    .isCloseTo(1, offset(1e-9));
        });
    }

    @Test
    void theBestLevelSpeaksForOnePersonAndTheLastAgainst() {
        Arrays.stream(Agreement.values())
                .filter(level -> level.name().endsWith("SAME"))
                .forEach(level -> assertThat(level.weight()).as(level.name()).isPositive());
        Arrays.stream(Agreement.values())
                .filter(level -> level.name().endsWith("OTHER"))
                .forEach(level -> assertThat(level.weight()).as(level.name()).isNegative());
        assertThat(Agreement.NUMBERS_TWO.weight()).isLessThan(Agreement.NUMBER_OTHER.weight());
    }
}
