package eu.sinusnode.analysis.risk;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every model's result for one patient, in the order of the models.
 *
 * @param given of each model that raised a risk, what its result rests on
 */
public record PatientScores(
        String patient, List<String> withheld, List<RiskResult> results, Map<ModelIdentity, GivenInputs> given) {

    public GivenInputs given(RiskResult.Raised raised) {
        return Objects.requireNonNull(given.get(raised.model()));
    }
}
