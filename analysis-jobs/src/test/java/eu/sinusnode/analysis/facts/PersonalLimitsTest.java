package eu.sinusnode.analysis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import org.junit.jupiter.api.Test;

class PersonalLimitsTest {

    private static PersonalLimits limits(Facts facts) {
        return facts.build().limits();
    }

    @Test
    void whatNobodyHasSetIsTheRulesOwn() {
        PersonalLimits set = limits(new Facts().limit(Codes.RESTING_HEART_RATE, 45.0, null, "1"));
        assertThat(set.low(Codes.RESTING_HEART_RATE, 50)).isEqualTo(45);
        assertThat(set.high(Codes.RESTING_HEART_RATE, 100)).isEqualTo(100);
        assertThat(set.low(Codes.HEART_RATE, 40)).isEqualTo(40);
        assertThat(PersonalLimits.NONE.high(Codes.SYSTOLIC, 180)).isEqualTo(180);
        assertThat(PersonalLimits.NONE.sentence(Codes.SYSTOLIC)).isEmpty();
    }

    /** A wide limit of one clinician does not silence the narrow one of another. */
    @Test
    void ofSeveralTheStrictestHolds() {
        PersonalLimits set = limits(new Facts()
                .limit(Codes.RESTING_HEART_RATE, 40.0, 110.0, "1")
                .limit(Codes.RESTING_HEART_RATE, 48.0, 130.0, "2")
                .limit(Codes.RESTING_HEART_RATE, 30.0, null, "3"));
        assertThat(set.low(Codes.RESTING_HEART_RATE, 50)).isEqualTo(48);
        assertThat(set.high(Codes.RESTING_HEART_RATE, 100)).isEqualTo(110);
        assertThat(set.references(Codes.RESTING_HEART_RATE))
                .containsExactly("Goal/1/_history/1", "Goal/2/_history/1", "Goal/3/_history/1");
    }

    @Test
    void orderAndRepetitionChangeNothing() {
        PersonalLimits one = limits(new Facts().limit(Codes.SYSTOLIC, null, 160.0, "1"));
        PersonalLimits other = limits(new Facts().limit(Codes.DIASTOLIC, null, 95.0, "2"));
        assertThat(one.and(other))
                .isEqualTo(other.and(one))
                .isEqualTo(one.and(other).and(one));
        assertThat(one.and(other).setBy("Goal/2/_history/1")).isEqualTo(other);
    }
}
