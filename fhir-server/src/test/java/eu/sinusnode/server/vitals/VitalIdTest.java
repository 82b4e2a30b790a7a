package eu.sinusnode.server.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VitalIdTest {

    private static final Date AT = Date.from(Instant.parse("2026-11-28T12:00:00.123Z"));

    @Test
    void versionVariantAndTimeAreThoseOfRfc9562() {
        UUID id = VitalId.of(AT, 0);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(AT.getTime());
    }

    @Test
    void thoseOfOneTransactionFollowEachOtherAsText() {
        assertThat(IntStream.range(0, 4_096)
                        .mapToObj(place -> VitalId.of(AT, place).toString()))
                .isSorted();
        assertThat(VitalId.of(AT, 0).toString())
                .isLessThan(VitalId.of(new Date(AT.getTime() + 1), 0).toString());
    }

    @Test
    void oneTimeAndPlaceGiveAnotherIdEachTime() {
        assertThat(VitalId.of(AT, 5)).isNotEqualTo(VitalId.of(AT, 5));
        assertThat(VitalId.of(AT, 4_096).version()).isEqualTo(7);
    }
}
