package eu.sinusnode.profiles;

class EjectionFractionProfileTest extends AbstractQuantityProfileTest {

    EjectionFractionProfileTest() {
        super("ejection-fraction", Canonicals.EJECTION_FRACTION, "sn-ef-1", new Range("%", 5, 90, 0.5));
    }
}
