package eu.sinusnode.sampledata.signal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Sport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HeartRateResponseTest {

    private static final double RESTING = 66;

    @Property
    void theRateRisesWhileTrainingAndFallsAfterwards(
            @ForAll @IntRange(min = 11, max = 5_000) int number,
            @ForAll Sport sport,
            @ForAll @IntRange(min = 10, max = 60) int minutes) {
        HeartRateResponse response = response(number, sport);
        double length = minutes * 60;

        assertThat(response.above(0, length)).isZero();
        for (int minute = 1; minute <= minutes; minute++) {
            assertThat(response.above(minute * 60, length)).isGreaterThan(response.above(minute * 60 - 60, length));
        }
        for (int minute = 1; minute <= 10; minute++) {
            assertThat(response.above(length + minute * 60, length))
                    .isPositive()
                    .isLessThan(response.above(length + minute * 60 - 60, length));
        }
    }

    /** Tanaka 2001: 208 - 0.7 × age. Nobody is sent beyond it, and everybody feels the training. */
    @Property
    void theRateStaysBelowTheHighestOfThatAge(
            @ForAll @IntRange(min = 11, max = 5_000) int number,
            @ForAll Sport sport,
            @ForAll @IntRange(min = 10, max = 60) int minutes) {
        ClinicalPicture picture = new CaseMix(20).draw(number);

        double top = response(number, sport).above(minutes * 60, minutes * 60);

        assertThat(RESTING + top).isLessThan(208 - 0.7 * picture.age());
        assertThat(top).isGreaterThan(10);
    }

    private static HeartRateResponse response(int number, Sport sport) {
        return new HeartRateResponse(Draws.of(20, number, "response"), new CaseMix(20).draw(number), sport, RESTING);
    }
}
