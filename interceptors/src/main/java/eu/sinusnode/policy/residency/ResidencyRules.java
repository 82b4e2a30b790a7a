package eu.sinusnode.policy.residency;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where data may go.
 *
 * @param adequacy decisions that count in tier {@link ResidencyTier#ADEQUACY} alone
 */
public record ResidencyRules(ResidencyTier tier, List<AdequacyDecision> adequacy) {

    public ResidencyRules {
        adequacy = List.copyOf(adequacy);
    }

    /** A tier that needs no decision. */
    public static ResidencyRules of(ResidencyTier tier) {
        return new ResidencyRules(tier, List.of());
    }

    /** @param country a code that {@link Country#normalise} gave */
    public boolean contains(String country, LocalDate day) {
        return tier.contains(country)
                || tier == ResidencyTier.ADEQUACY
                        && adequacy.stream().anyMatch(decision -> decision.opens(country, day));
    }

    /** ISO 3166-1 alpha-2 codes, in their order. */
    public Set<String> countries(LocalDate day) {
        Set<String> countries = new TreeSet<>(tier.countries());
        adequacy.stream()
                .map(AdequacyDecision::country)
                .filter(country -> contains(country, day))
                .forEach(countries::add);
        return countries;
    }
}
