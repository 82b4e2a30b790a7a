package eu.sinusnode.profiles;

class CoverageProfileTest extends AbstractProfileTest {

    CoverageProfileTest() {
        super("coverage", Canonicals.COVERAGE);
    }
}
