package eu.sinusnode.server.fulltext.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnalysesTest {

    /** A part in any other spelling would never be found in a word. */
    @Test
    void partsAreSpelledAsWordsAreAfterNormalization() {
        assertThat(Analyses.parts())
                .hasSizeGreaterThan(150)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(Analyses.parts()).allSatisfy(part -> {
            assertThat(Analyses.letters(part)).isEqualTo(part);
            assertThat(part.length()).isBetween(Analyses.LEAST_PART, Analyses.MOST_PART);
        });
    }

    @Test
    void lettersAreSmallAndUmlautsOneSpelling() {
        assertThat(Analyses.letters("Übelk"))
                .isEqualTo(Analyses.letters("UEBELK"))
                .isEqualTo("ubelk");
    }
}
