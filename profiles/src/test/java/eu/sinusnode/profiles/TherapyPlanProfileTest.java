package eu.sinusnode.profiles;

class TherapyPlanProfileTest extends AbstractProfileTest {

    TherapyPlanProfileTest() {
        super("therapy-plan", Canonicals.THERAPY_PLAN);
    }
}
