package eu.sinusnode.analysis.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of the papers' supplements, as the tests of an open implementation (RiskScorescvd, MIT) list them. */
class Score2Test {

    @ParameterizedTest
    @CsvSource({
        "LOW, 6.3, 4.3",
        "MODERATE, 8.1, 5.2",
        "HIGH, 8.8, 7.1",
        "VERY_HIGH, 15.1, 14.1",
    })
    void aSmokerOfFiftyYears(RiskRegion region, double men, double women) {
        assertThat(percent(new Score2(50, true, true, 140, 6.3, 1.4, region))).isCloseTo(men, within(0.05));
        assertThat(percent(new Score2(50, false, true, 140, 6.3, 1.4, region))).isCloseTo(women, within(0.05));
    }

    /** With the rounded coefficients; with all digits they are 18.4 and 15.3. */
    @Test
    void aSmokerOfSeventyFiveYears() {
        assertThat(percent(new Score2(75, true, true, 140, 5.5, 1.3, RiskRegion.LOW)))
                .isCloseTo(18.6, within(0.05));
        assertThat(percent(new Score2(75, false, true, 140, 5.5, 1.3, RiskRegion.LOW)))
                .isCloseTo(15.2, within(0.05));
    }

    @Test
    void fromSeventyYearsOnItIsTheOneForOlderPersons() {
        assertThat(score(69).name()).isEqualTo("SCORE2");
        assertThat(score(70).name()).isEqualTo("SCORE2-OP");
    }

    @ParameterizedTest
    @CsvSource({"39", "90", "0", "-1", "120"})
    void thereIsNoneForOtherAges(int age) {
        assertThatThrownBy(() -> score(age)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Each limit is met by moving the pressure until the risk is just there. */
    @ParameterizedTest
    @CsvSource({
        "49, 0.025, 0.075",
        "50, 0.05, 0.10",
        "69, 0.05, 0.10",
        "70, 0.075, 0.15",
        "89, 0.075, 0.15",
    })
    void theCategoryFollowsTheLimitsOfTheAge(int age, double high, double veryHigh) {
        for (double systolic = 60; systolic < 260; systolic += 0.5) {
            Score2 score = new Score2(age, false, false, systolic, 5, 1.5, RiskRegion.LOW);
            Score2.Category expected = score.risk() >= veryHigh
                    ? Score2.Category.VERY_HIGH
                    : score.risk() >= high ? Score2.Category.HIGH : Score2.Category.LOW_TO_MODERATE;
            assertThat(score.category()).isEqualTo(expected);
        }
    }

    @Test
    void whatIsWorseRaisesTheRiskInEveryRegionAgeAndSex() {
        for (RiskRegion region : RiskRegion.values()) {
            for (int age = 40; age <= 69; age++) {
                for (boolean male : new boolean[] {true, false}) {
                    double risk = new Score2(age, male, false, 130, 5, 1.4, region).risk();
                    assertThat(risk).isBetween(0.0, 1.0);
                    assertThat(new Score2(age, male, true, 130, 5, 1.4, region).risk())
                            .isGreaterThan(risk);
                    assertThat(new Score2(age, male, false, 150, 5, 1.4, region).risk())
                            .isGreaterThan(risk);
                    assertThat(new Score2(age, male, false, 130, 6, 1.4, region).risk())
                            .isGreaterThan(risk);
                    assertThat(new Score2(age, male, false, 130, 5, 1.2, region).risk())
                            .isGreaterThan(risk);
                }
            }
        }
    }

    @Test
    void regionsOfCountries() {
        assertThat(RiskRegion.of("DE")).contains(RiskRegion.MODERATE);
        assertThat(RiskRegion.of("FR")).contains(RiskRegion.LOW);
        assertThat(RiskRegion.of("PL")).contains(RiskRegion.HIGH);
        assertThat(RiskRegion.of("RO")).contains(RiskRegion.VERY_HIGH);
        assertThat(RiskRegion.of("LI")).isEmpty();
        assertThat(RiskRegion.of("de")).isEmpty();
    }

    private static Score2 score(int age) {
        return new Score2(age, true, false, 120, 5, 1.3, RiskRegion.MODERATE);
    }

    private static double percent(Score2 score) {
        return 100 * score.risk();
    }
}
