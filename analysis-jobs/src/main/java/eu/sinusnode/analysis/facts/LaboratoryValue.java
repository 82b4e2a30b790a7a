package eu.sinusnode.analysis.facts;

import java.time.LocalDate;

/**
 * A laboratory or bedside value as it is recorded. What is no quantity counts as a number of unit 1: true as 1, false as 0, a
 * type of chest pain by {@link ChestPain#number}.
 *
 * @param loinc code, of a finding for coronary risk one of this project
 * @param unit UCUM code
 * @param reference the version of the Observation
 */
public record LaboratoryValue(String loinc, LocalDate on, double value, String unit, String reference) {}
