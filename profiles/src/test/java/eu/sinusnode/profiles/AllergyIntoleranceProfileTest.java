package eu.sinusnode.profiles;

class AllergyIntoleranceProfileTest extends AbstractProfileTest {

    AllergyIntoleranceProfileTest() {
        super("allergy-intolerance", Canonicals.ALLERGY_INTOLERANCE);
    }
}
