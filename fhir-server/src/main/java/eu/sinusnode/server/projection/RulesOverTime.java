package eu.sinusnode.server.projection;

import eu.sinusnode.policy.consent.Directive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a patient's Consents said from an instant on.
 *
 * @param from the rules that were stored from each key on, until the next
 */
public record RulesOverTime(NavigableMap<Instant, List<Directive>> from) {

    public RulesOverTime {
        from = new TreeMap<>(from);
    }

    /** What was stored at the instant, also rules whose time had not come or was over. */
    public List<Directive> at(Instant instant) {
        Map.Entry<Instant, List<Directive>> stored = from.floorEntry(instant);
        return stored == null ? List.of() : stored.getValue();
    }

    /** When something could begin or end to be permitted. */
    public SortedSet<Instant> changes() {
        SortedSet<Instant> changes = new TreeSet<>(from.keySet());
        from.values()
                .forEach(rules -> rules.forEach(rule -> {
                    changes.add(rule.validity().from());
                    if (rule.validity().to() != null) {
                        changes.add(rule.validity().to());
                    }
                }));
        return changes;
    }
}
