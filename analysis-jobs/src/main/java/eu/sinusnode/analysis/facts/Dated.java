package eu.sinusnode.analysis.facts;

import java.time.LocalDate;

/**
 * What was found on a day.
 *
 * @param reference the version of the resource that says so
 */
public record Dated<T>(T value, LocalDate on, String reference) {}
