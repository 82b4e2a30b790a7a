package eu.sinusnode.profiles;

class BodyMassIndexProfileTest extends AbstractQuantityProfileTest {

    BodyMassIndexProfileTest() {
        super("body-mass-index", Canonicals.BODY_MASS_INDEX, "sn-bmi-1", new Range("kg/m2", 8, 120, 0.1));
    }
}
