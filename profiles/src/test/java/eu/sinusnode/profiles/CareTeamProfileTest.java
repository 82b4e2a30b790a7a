package eu.sinusnode.profiles;

class CareTeamProfileTest extends AbstractProfileTest {

    CareTeamProfileTest() {
        super("care-team", Canonicals.CARE_TEAM);
    }
}
