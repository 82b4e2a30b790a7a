package eu.sinusnode.profiles;

class ProgrammeActivityProfileTest extends AbstractProfileTest {

    ProgrammeActivityProfileTest() {
        super("programme-activity", Canonicals.PROGRAMME_ACTIVITY);
    }
}
