package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.flag.FlagEvents;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.RiskResult;
import java.util.List;

/**
 * One patient at the end of a week.
 *
 * @param results of the models, in their order
 * @param flags written and decided in the week
 */
public record WatchedPatient(PatientFeatures features, List<RiskResult> results, FlagEvents flags) {}
