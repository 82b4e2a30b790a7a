package eu.sinusnode.therapy.check;

/**
 * Where a plan does not meet a rule.
 *
 * @param element {@code Type/[id]} with a path behind it
 * @param words what is wrong, in one sentence
 */
public record Finding(PlanRule rule, String element, String words) {}
