package eu.sinusnode.analysis.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.score.BleedingRisk.Answer;
import eu.sinusnode.analysis.score.BleedingRisk.Item;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointScoresTest {

    @ParameterizedTest
    @CsvSource({
        "64, false, false, false, false, false, 0",
        "65, false, false, false, false, false, 1",
        "74, false, false, false, false, false, 1",
        "75, false, false, false, false, false, 2",
        "50, true,  false, false, false, false, 1",
        "50, false, true,  false, false, false, 1",
        "50, false, false, true,  false, false, 1",
        "50, false, false, false, true,  false, 2",
        "50, false, false, false, false, true,  1",
        "80, true,  true,  true,  true,  true,  8",
        "70, true,  true,  false, false, true,  4",
    })
    void strokeRisk(
            int age,
            boolean failure,
            boolean hypertension,
            boolean diabetes,
            boolean stroke,
            boolean vascular,
            int points) {
        assertThat(new StrokeRisk(age, failure, hypertension, diabetes, stroke, vascular).points())
                .isEqualTo(points);
    }

    @Test
    void everyBleedingItemIsOnePointAndWhatIsUnknownIsNone() {
        Map<Item, Answer> answers = new EnumMap<>(Item.class);
        int points = 0;
        for (Item item : Item.values()) {
            assertThat(new BleedingRisk(answers).points()).isEqualTo(points);
            assertThat(new BleedingRisk(answers).of(Answer.UNKNOWN)).hasSize(9 - points);
            answers.put(item, Answer.YES);
            points++;
        }
        assertThat(new BleedingRisk(answers).points()).isEqualTo(9);
        answers.replaceAll((item, answer) -> Answer.NO);
        assertThat(new BleedingRisk(answers).points()).isZero();
        assertThat(new BleedingRisk(answers).of(Answer.UNKNOWN)).isEmpty();
    }

    /** The worked example of the score's public implementations: 23 points, 13.4 % and 31.6 %. */
    @Test
    void maggicOfTheWorkedExample() {
        Maggic maggic = new Maggic(68, false, 30, 119, 19, 135, 2, true, false, false, false, true, false);

        assertThat(maggic.points()).isEqualTo(23);
        assertThat(maggic.oneYear()).isEqualTo(0.134);
        assertThat(maggic.threeYears()).isEqualTo(0.316);
    }

    @Test
    void maggicOfTheLeastAndTheMostPoints() {
        Maggic least = new Maggic(54, false, 40, 150, 30, 89, 1, false, false, false, false, true, true);
        assertThat(least.points()).isZero();
        assertThat(least.oneYear()).isEqualTo(0.015);
        assertThat(least.threeYears()).isEqualTo(0.039);

        Maggic most = new Maggic(80, true, 19, 109, 14, 250, 4, true, true, true, true, false, false);
        assertThat(most.points()).isEqualTo(7 + 10 + 5 + 6 + 8 + 8 + 1 + 1 + 3 + 2 + 2 + 3 + 1);
        assertThat(most.oneYear()).as("the table ends at 50 points").isEqualTo(0.842);
    }

    /** One step of one input at a time, from the least points on. */
    @ParameterizedTest
    @CsvSource({
        "54, 0", "55, 3", "59, 3", "60, 5", "64, 5", "65, 7", "69, 7", "70, 9", "74, 9", "75, 12", "79, 12", "80, 15",
    })
    void maggicByAgeFromAnEjectionFractionOfForty(int age, int points) {
        assertThat(new Maggic(age, false, 40, 150, 30, 89, 1, false, false, false, false, true, true).points())
                .isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({
        "29.9, 55, 150, 6",
        "29.9, 80, 150, 15",
        "29.9, 54, 109, 10",
        "30, 55, 150, 5",
        "30, 80, 150, 16",
        "34.9, 54, 109, 6",
        "35, 54, 150, 2",
        "39.9, 54, 119, 4",
        "40, 54, 109, 2",
        "40, 54, 129, 1",
        "40, 54, 130, 0",
        "19.9, 54, 150, 7",
        "24.9, 54, 150, 6",
        "25, 54, 150, 5",
    })
    void maggicWeighsAgeAndPressureByEjectionFraction(double ejectionFraction, int age, double systolic, int points) {
        assertThat(new Maggic(age, false, ejectionFraction, systolic, 30, 89, 1, false, false, false, false, true, true)
                        .points())
                .isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({
        "14.9, 89, 1, 6", "15, 89, 1, 5", "19.9, 89, 1, 5", "20, 89, 1, 3", "25, 89, 1, 2", "30, 89, 1, 0",
        "30, 90, 1, 1", "30, 110, 1, 2", "30, 130, 1, 3", "30, 150, 1, 4", "30, 170, 1, 5", "30, 210, 1, 6",
        "30, 250, 1, 8", "30, 89, 2, 2", "30, 89, 3, 6", "30, 89, 4, 8",
    })
    void maggicByMassCreatinineAndNyha(double mass, double creatinine, int nyha, int points) {
        assertThat(new Maggic(54, false, 40, 150, mass, creatinine, nyha, false, false, false, false, true, true)
                        .points())
                .isEqualTo(points);
    }

    @Test
    void nyhaHasFourClasses() {
        assertThatThrownBy(() -> new Maggic(54, false, 40, 150, 30, 89, 0, false, false, false, false, true, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Maggic(54, false, 40, 150, 30, 89, 5, false, false, false, false, true, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
