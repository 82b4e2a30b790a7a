package eu.sinusnode.profiles;

class ProgrammeProfileTest extends AbstractProfileTest {

    ProgrammeProfileTest() {
        super("programme", Canonicals.PROGRAMME);
    }
}
