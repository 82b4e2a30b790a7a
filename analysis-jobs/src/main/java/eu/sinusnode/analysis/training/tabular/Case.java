package eu.sinusnode.analysis.training.tabular;

import java.util.Map;

/**
 * A labelled row.
 *
 * @param patient rows of one patient never stand on both sides of a split
 * @param groups its value in each grouping, such as sex: women
 * @param inputs in the order of the design; not a number where missing. Not to be changed
 */
public record Case(String patient, boolean positive, Map<String, String> groups, double[] inputs) {}
