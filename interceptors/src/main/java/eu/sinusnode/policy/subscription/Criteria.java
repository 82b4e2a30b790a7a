package eu.sinusnode.policy.subscription;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Which changes a Subscription is about: those of one type whose record has, of each of these parameters, one of the
 * values. It can be decided on the record alone, so a write pays for no question to the database.
 *
 * @param values by search parameter: ids of Patients, {@code system|code} or {@code code} of a coding, a status
 */
public record Criteria(String resourceType, Map<String, Set<String>> values) {

    public Criteria {
        values = Map.copyOf(values);
    }

    public boolean match(ChangedRecord changed) {
        return resourceType.equals(changed.resourceType())
                && values.entrySet().stream()
                        .noneMatch(wanted -> Collections.disjoint(wanted.getValue(), changed.values(wanted.getKey())));
    }
}
