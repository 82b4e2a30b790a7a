package eu.sinusnode.profiles;

class RespiratoryRateProfileTest extends AbstractQuantityProfileTest {

    RespiratoryRateProfileTest() {
        super("respiratory-rate", Canonicals.RESPIRATORY_RATE, "sn-resp-1", new Range("/min", 2, 100, 0.5));
    }
}
