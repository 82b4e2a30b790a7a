package eu.sinusnode.analysis.risk;

import java.util.List;

/** Every model's result for one patient, in the order of the models. */
public record PatientScores(String patient, List<String> withheld, List<RiskResult> results) {}
