package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

class RestingHeartRateProfileTest extends AbstractQuantityProfileTest {

    RestingHeartRateProfileTest() {
        super("resting-heart-rate", Canonicals.RESTING_HEART_RATE, "sn-rhr-1", new Range("/min", 20, 220, 0.5));
    }

    @Test
    void heartRateBesideItIsAcceptedAndHeldAgainstBoth() {
        Observation both = changed(
                Observation.class, rate -> rate.getCode().addCoding(new Coding(Codes.LOINC, Codes.HEART_RATE, null)));
        assertThat(ImposedProfiles.of(both)).containsExactly(Canonicals.RESTING_HEART_RATE, Canonicals.HEART_RATE);
        assertThat(errors(both)).isEmpty();

        both.getValueQuantity().setValue(310);
        assertThat(errorCodes(both)).containsExactlyInAnyOrder("sn-rhr-1", "sn-hr-1");
    }
}
