package eu.sinusnode.therapy.progress;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One measured value.
 *
 * @param unit UCUM code; empty when none was stated as UCUM
 * @param laboratory whether a laboratory measured it
 */
public record Measured(Instant at, BigDecimal value, String unit, boolean laboratory) {}
