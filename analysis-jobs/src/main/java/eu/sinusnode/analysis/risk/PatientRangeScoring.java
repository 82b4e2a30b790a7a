package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.PatientReadings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The patient-range function: readings in, scores out. It knows no threads, no clock, no server and no framework, so
 * that whoever has a range of patients may call it.
 */
public record PatientRangeScoring(List<RiskModel> models) {

    public List<PatientFeatures> features(List<PatientReadings> range, Instant asOf) {
        return range.stream()
                .map(readings -> PatientFeatures.of(readings, asOf))
                .toList();
    }

    public List<PatientScores> score(List<PatientFeatures> range) {
        return range.stream().map(this::score).toList();
    }

    private PatientScores score(PatientFeatures features) {
        List<RiskResult> results = new ArrayList<>();
        Map<ModelIdentity, GivenInputs> given = new HashMap<>();
        for (RiskModel model : models) {
            RiskResult result = model.score(features);
            results.add(result);
            if (result instanceof RiskResult.Raised) {
                given.put(
                        model.identity(),
                        new GivenInputs(
                                model.inputs().of(features), features.given().asOf()));
            }
        }
        return new PatientScores(features.patient(), features.withheld(), List.copyOf(results), Map.copyOf(given));
    }
}
