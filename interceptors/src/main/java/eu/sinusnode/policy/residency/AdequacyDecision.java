package eu.sinusnode.policy.residency;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the European Commission that a third country protects personal data adequately (Art. 45 GDPR).
 *
 * @param country ISO 3166-1 alpha-2
 * @param from first day on which it holds
 * @param until last day on which it holds; null without an end
 * @param limitedTo whom alone it covers; null when it covers every recipient in the country. Whether a recipient is among
 *     those cannot be seen from a request, so a limited decision opens nothing
 * @param source where it is published
 */
public record AdequacyDecision(
        String country,
        LocalDate from,
        @Nullable LocalDate until,
        @Nullable String limitedTo,
        String source) {

    public AdequacyDecision {
        if (!Country.isCode(country)) {
            throw new IllegalArgumentException("'" + country + "' is no ISO 3166-1 alpha-2 country");
        }
        if (until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("the decision on " + country + " ends before it begins");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("the decision on " + country + " names no source");
        }
    }

    /** Whether it lets data go to anybody there on that day. */
    public boolean opens(String toCountry, LocalDate day) {
        return limitedTo == null
                && country.equals(toCountry)
                && !day.isBefore(from)
                && (until == null || !day.isAfter(until));
    }
}
