package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.consent.Validity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEdgeTest {

    private static final Validity MAY = period("2024-04-30T22:00:00Z", "2024-05-31T22:00:00Z");

    /** A moment with fewer digits would stand for all of its second, and the search would begin behind that. */
    @Test
    void theConditionsNameTheEdgesToTheMillisecond() {
        assertThat(TimeEdge.inside(MAY))
                .extracting(TimeEdge::value)
                .containsExactly("sa2024-04-30T21:59:59.999Z", "eb2024-05-31T22:00:00.000Z");
        assertThat(TimeEdge.outside(MAY))
                .extracting(TimeEdge::value)
                .containsExactly("eb2024-04-30T22:00:00.000Z", "sa2024-05-31T21:59:59.999Z");
    }

    @Test
    void anOpenPeriodHasOneEdge() {
        assertThat(TimeEdge.inside(new Validity(MAY.from(), null)))
                .extracting(TimeEdge::value)
                .containsExactly("sa2024-04-30T21:59:59.999Z");
        assertThat(TimeEdge.outside(new Validity(Instant.MIN, MAY.to())))
                .extracting(TimeEdge::value)
                .containsExactly("sa2024-05-31T21:59:59.999Z");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "2024-04-30T22:00:00Z, 2024-05-31T22:00:00Z, true,  false",
                "2024-05-10T00:00:00Z, 2024-05-10T00:00:01Z, true,  false",
                "2024-04-30T21:59:59Z, 2024-05-10T00:00:00Z, false, false",
                "2024-05-31T21:00:00Z, 2024-05-31T22:00:01Z, false, false",
                "2024-04-30T21:00:00Z, 2024-04-30T22:00:00Z, false, true",
                "2024-05-31T22:00:00Z, 2024-05-31T22:00:01Z, false, true",
                "2024-04-01T00:00:00Z, 2024-06-30T00:00:00Z, false, false",
                "2024-05-10T00:00:00Z, -,                    false, false",
                "2024-05-31T22:00:00Z, -,                    false, true"
            },
            nullValues = "-")
    void whatCrossesAnEdgeIsOnNoSideOfIt(String from, @Nullable String to, boolean inside, boolean outside) {
        Validity time = period(from, to);

        assertThat(TimeEdge.inside(MAY).stream().allMatch(edge -> edge.holdsFor(time)))
                .isEqualTo(inside);
        assertThat(TimeEdge.outside(MAY).stream().anyMatch(edge -> edge.holdsFor(time)))
                .isEqualTo(outside);
    }

    private static Validity period(String from, @Nullable String to) {
        return new Validity(Instant.parse(from), to == null ? null : Instant.parse(to));
    }
}
