package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.Ruling.Rule;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a patient's directives say, whatever Consents they come from. Nothing is permitted unless a permit is about it; of
 * what is about it the more specific wins; where neither of two is more specific, the deny wins. Which Consent is newer
 * does not matter.
 */
public final class ConsentRules {

    private static final Comparator<Directive> IN_ORDER = Comparator.comparing(Directive::consentId)
            .thenComparing(Directive::provision)
            .thenComparing(Directive::toString);

    private ConsentRules() {}

    /**
     * Decides one record.
     *
     * @param directives of the patient whose record it is
     */
    public static Ruling decide(
            Collection<Directive> directives, ConsentRequest request, ConsentedRecord record, Instant at) {
        List<Directive> meant = directives.stream()
                .filter(directive -> request.isMeantBy(directive, at) && record.isMeantBy(directive))
                .toList();
        // What nothing more specific stands against decides.
        List<Directive> deciding = meant.stream()
                .filter(one -> meant.stream().noneMatch(other -> other.isMoreSpecificThan(one)))
                .sorted(IN_ORDER)
                .toList();
        Optional<Directive> denying =
                deciding.stream().filter(one -> !one.permits()).findFirst();
        if (meant.stream().noneMatch(Directive::permits)) {
            return new Ruling(Rule.NOT_PERMITTED, denying.orElse(null));
        }
        return denying.map(deny -> new Ruling(Rule.DENIED, deny))
                .orElseGet(() -> new Ruling(Rule.PERMITTED, deciding.get(0)));
    }
}
