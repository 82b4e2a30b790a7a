package eu.sinusnode.therapy.progress;

import java.time.Instant;

/**
 * One measured value.
 *
 * @param unit UCUM code; empty when none was stated as UCUM
 * @param laboratory whether a laboratory measured it
 */
public record Measured(Instant at, double value, String unit, boolean laboratory) {}
