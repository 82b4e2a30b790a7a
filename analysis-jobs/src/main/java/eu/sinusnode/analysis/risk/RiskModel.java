package eu.sinusnode.analysis.risk;

/** A rule or a trained model for one risk. Implementations keep no state between calls and may be called by any thread. */
public interface RiskModel {

    ModelIdentity identity();

    /** What {@link #score} looks at; all else of a record may be left out without another result. */
    ModelInputs inputs();

    RiskResult score(PatientFeatures features);
}
