package eu.sinusnode.analysis.risk;

import java.util.Map;

/** A rule or a trained model for one risk. Implementations keep no state between calls and may be called by any thread. */
public interface RiskModel {

    ModelIdentity identity();

    /** What {@link #score} looks at; all else of a record may be left out without another result. */
    ModelInputs inputs();

    RiskResult score(PatientFeatures features);

    /** What a trained model of a row of numbers is fed with of this patient, by name, for its watch; empty where it does not judge. */
    default Map<String, Double> fed(PatientFeatures features) {
        return Map.of();
    }

    /** Whether nobody is shown its flags until somebody has said so: what it was trained on tells nothing of real patients. */
    default boolean startsInShadow() {
        return false;
    }
}
