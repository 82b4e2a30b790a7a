package eu.sinusnode.profiles;

class PlanReleaseProfileTest extends AbstractProfileTest {

    PlanReleaseProfileTest() {
        super("plan-release", Canonicals.PLAN_RELEASE);
    }
}
