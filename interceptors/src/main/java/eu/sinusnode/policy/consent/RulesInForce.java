package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.Ruling.Rule;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One patient's directives that hold at an instant and are about a request, in order, each with those that are more specific:
 * found out once, since a page asks the same about each of its records.
 */
final class RulesInForce {

    private static final Comparator<Directive> IN_ORDER = Comparator.comparing(Directive::consentId)
            .thenComparing(Directive::provision)
            .thenComparing(Directive::toString);

    private final List<Directive> rules;
    /** By place in the list, the places of what is more specific. */
    private final int[][] yieldsTo;

    /** Rulings by resource type; null when some rule looks at more of a record than its type. */
    private final @Nullable Map<String, Ruling> ofTypes;

    private RulesInForce(List<Directive> rules) {
        this.rules = rules;
        this.yieldsTo = rules.stream()
                .map(rule -> IntStream.range(0, rules.size())
                        .filter(other -> rules.get(other).isMoreSpecificThan(rule))
                        .toArray())
                .toArray(int[][]::new);
        this.ofTypes =
                rules.stream().allMatch(rule -> rule.target().isOfWholeTypes()) ? new ConcurrentHashMap<>() : null;
    }

    static RulesInForce of(Collection<Directive> directives, ConsentRequest request, Instant at) {
        return new RulesInForce(directives.stream()
                .filter(directive -> request.isMeantBy(directive, at))
                .sorted(IN_ORDER)
                .toList());
    }

    /** As {@link #decide(ConsentedRecord)}; what the record says of itself is read where a rule looks at it. */
    Ruling decide(RecordFacts record) {
        return ofTypes == null
                ? decide(record.consented())
                : ofTypes.computeIfAbsent(record.resourceType(), type -> decide(record.consented()));
    }

    /** Decides one record: of the rules about it, those decide that nothing more specific stands against. */
    Ruling decide(ConsentedRecord record) {
        boolean[] about = new boolean[rules.size()];
        boolean permitted = false;
        for (int i = 0; i < about.length; i++) {
            about[i] = record.isMeantBy(rules.get(i));
            permitted |= about[i] && rules.get(i).permits();
        }
        Directive permit = null;
        Directive deny = null;
        for (int i = about.length - 1; i >= 0; i--) {
            if (about[i] && decides(i, about)) {
                Directive rule = rules.get(i);
                permit = rule.permits() ? rule : permit;
                deny = rule.permits() ? deny : rule;
            }
        }
        return ruling(permitted, permit, deny);
    }

    private boolean decides(int place, boolean[] about) {
        for (int other : yieldsTo[place]) {
            if (about[other]) {
                return false;
            }
        }
        return true;
    }

    private static Ruling ruling(boolean permitted, @Nullable Directive permit, @Nullable Directive deny) {
        if (!permitted) {
            return new Ruling(Rule.NOT_PERMITTED, deny);
        }
        return deny == null ? new Ruling(Rule.PERMITTED, permit) : new Ruling(Rule.DENIED, deny);
    }
}
