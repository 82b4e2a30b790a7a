package eu.sinusnode.policy.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyRulesTest {

    private static final LocalDate FIRST = LocalDate.of(2021, 6, 28);
    private static final LocalDate LAST = LocalDate.of(2031, 12, 27);

    @ParameterizedTest
    @CsvSource({
        "ADEQUACY, GB, 2021-06-27, false",
        "ADEQUACY, GB, 2021-06-28, true",
        "ADEQUACY, GB, 2031-12-27, true",
        "ADEQUACY, GB, 2031-12-28, false",
        "ADEQUACY, JP, 2026-11-27, true",
        "ADEQUACY, US, 2026-11-27, false",
        "ADEQUACY, CN, 2026-11-27, false",
        "ADEQUACY, DE, 1999-01-01, true",
        "EU27, GB, 2026-11-27, false",
        "EEA, GB, 2026-11-27, false",
        "EEA_CH, GB, 2026-11-27, false",
    })
    void aDecisionCountsWithinItsDaysInTheWidestTierAlone(
            ResidencyTier tier, String country, LocalDate day, boolean inside) {
        ResidencyRules rules = new ResidencyRules(
                tier,
                List.of(
                        decision("GB", FIRST, LAST, null),
                        decision("JP", FIRST, null, null),
                        decision("US", FIRST, null, "organizations on a list")));
        assertThat(rules.contains(country, day)).isEqualTo(inside);
        assertThat(rules.countries(day).contains(country)).isEqualTo(inside);
    }

    @Test
    void aDecisionThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> decision("UK", FIRST, null, null)).hasMessageContaining("'UK' is no ISO 3166-1");
        assertThatThrownBy(() -> decision("GB", LAST, FIRST, null)).hasMessageContaining("ends before it begins");
        assertThatThrownBy(() -> new AdequacyDecision("GB", FIRST, null, null, " "))
                .hasMessageContaining("names no source");
    }

    private static AdequacyDecision decision(
            String country, LocalDate from, @Nullable LocalDate until, @Nullable String limitedTo) {
        return new AdequacyDecision(country, from, until, limitedTo, "Commission Decision");
    }
}
