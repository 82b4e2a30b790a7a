package eu.sinusnode.analysis.facts;

import java.time.LocalDate;

/**
 * A laboratory or bedside value as it is recorded.
 *
 * @param loinc code
 * @param unit UCUM code
 * @param reference the version of the Observation
 */
public record LaboratoryValue(String loinc, LocalDate on, double value, String unit, String reference) {}
