package eu.sinusnode.policy.residency;

import java.util.Set;
import java.util.TreeSet;

/** Which countries data may go to, whatever the day. */
public enum ResidencyTier {
    /** The 27 member states of the European Union. */
    EU27(Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")),
    /** The Union with Iceland, Liechtenstein and Norway. */
    EEA(EU27, Set.of("IS", "LI", "NO")),
    /** The European Economic Area and Switzerland. */
    EEA_CH(EEA, Set.of("CH")),
    /** Those, and the countries of which an {@link AdequacyDecision} says so on the day. */
    ADEQUACY(EEA_CH, Set.of());

    private final Set<String> countries;

    ResidencyTier(Set<String> countries) {
        this.countries = Set.copyOf(countries);
    }

    ResidencyTier(ResidencyTier inner, Set<String> further) {
        Set<String> all = new TreeSet<>(inner.countries);
        all.addAll(further);
        this.countries = Set.copyOf(all);
    }

    /** ISO 3166-1 alpha-2 codes. */
    public Set<String> countries() {
        return countries;
    }

    /** @param country a code that {@link Country#normalise} gave */
    public boolean contains(String country) {
        return countries.contains(country);
    }
}
