package eu.sinusnode.analysis.risk;

/** A rule or a trained model for one risk. Implementations keep no state between calls and may be called by any thread. */
public interface RiskModel {

    ModelIdentity identity();

    RiskResult score(PatientFeatures features);
}
