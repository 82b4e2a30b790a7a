package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

class GoalProfileTest extends AbstractProfileTest {

    GoalProfileTest() {
        super("goal", Canonicals.GOAL);
    }

    @Test
    void goalInWordsNeedsNoTarget() {
        assertThat(errors(changed(Goal.class, goal -> goal.setTarget(null)))).isEmpty();
    }

    @Test
    void oneSidedRangeIsAccepted() {
        assertThat(errors(changed(
                        Goal.class,
                        goal -> goal.getTargetFirstRep().getDetailRange().setLow(null))))
                .isEmpty();
    }

    @Test
    void quantityWithoutUnitIsRefused() {
        assertThat(errorCodes(
                        changed(Goal.class, goal -> goal.getTargetFirstRep().setDetail(new Quantity().setValue(7000)))))
                .containsExactly("sn-goal-1");
    }
}
