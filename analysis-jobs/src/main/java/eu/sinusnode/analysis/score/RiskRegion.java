package eu.sinusnode.analysis.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The four regions of SCORE2 by cardiovascular mortality, and the countries of each (ESC 2021, doi
 * 10.1093/eurheartj/ehab309). Sources differ on Armenia and Azerbaijan, which most put here. A country that is in none, such
 * as Liechtenstein, has no region.
 */
public enum RiskRegion {
    LOW("BE", "DK", "FR", "IL", "LU", "NO", "ES", "CH", "NL", "GB"),
    MODERATE("AT", "CY", "FI", "DE", "GR", "IS", "IE", "IT", "MT", "PT", "SM", "SI", "SE"),
    HIGH("AL", "BA", "HR", "CZ", "EE", "HU", "KZ", "PL", "SK", "TR"),
    VERY_HIGH(
            "DZ", "AM", "AZ", "BY", "BG", "EG", "GE", "KG", "LV", "LB", "LY", "LT", "ME", "MA", "MD", "RO", "RU", "RS",
            "SY", "MK", "TN", "UA", "UZ");

    private final Set<String> countries;

    RiskRegion(String... countries) {
        this.countries = Set.of(countries);
    }

    /** @param country ISO 3166-1 alpha-2 */
    public static Optional<RiskRegion> of(String country) {
        return Arrays.stream(values())
                .filter(region -> region.countries.contains(country))
                .findFirst();
    }

    /** Words that go before "risk region". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
