package eu.sinusnode.policy.minimisation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryTest {

    private static final Map<Purpose, Delivery> EXPECTED = Map.of(
            Purpose.TREAT, Delivery.IDENTIFIED,
            Purpose.HPAYMT, Delivery.IDENTIFIED,
            Purpose.CAREMGT, Delivery.IDENTIFIED,
            Purpose.PATRQT, Delivery.IDENTIFIED,
            Purpose.HOPERAT, Delivery.NO_RECORDS,
            Purpose.HRESCH, Delivery.PSEUDONYMISED,
            Purpose.PATADMIN, Delivery.NO_RECORDS,
            Purpose.HSYSADMIN, Delivery.NO_RECORDS);

    @ParameterizedTest
    @EnumSource
    void eachPurposeHasItsForm(Purpose purpose) {
        assertThat(Delivery.of(purpose)).isEqualTo(EXPECTED.get(purpose));
    }

    @Test
    void researchAloneIsPseudonymised() {
        assertThat(EXPECTED.values()).containsOnlyOnce(Delivery.PSEUDONYMISED);
    }
}
