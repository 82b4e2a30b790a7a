package eu.sinusnode.therapy.check;

import org.jspecify.annotations.Nullable;

/**
 * Where a plan does not meet a rule.
 *
 * @param element {@code Type/[id]} with a path behind it
 * @param beside what it does not go with, written the same way; null of what is wrong by itself
 * @param words what is wrong, in one sentence; it may name {@code beside}
 */
public record Finding(
        PlanRule rule, String element, @Nullable String beside, String words) {

    public Finding(PlanRule rule, String element, String words) {
        this(rule, element, null, words);
    }
}
