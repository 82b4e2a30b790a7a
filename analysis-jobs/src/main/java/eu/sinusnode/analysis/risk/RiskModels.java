package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.model.RhythmModel;
import java.util.List;

/** The models of the risk-scoring run. */
public final class RiskModels {

    private RiskModels() {}

    /**
     * In the order of their results.
     *
     * @throws eu.sinusnode.analysis.model.ModelRefused when a model file is not the one that its manifest names
     */
    public static List<RiskModel> all() {
        return List.of(
                new AtrialFibrillationModel(RhythmModel.shipped()),
                new HomeBloodPressureRule(),
                new SevereValueRule(),
                new WeightGainRule(),
                new RestingHeartRateRule(),
                new OxygenSaturationRule(),
                new CardiovascularRiskRule(),
                new StrokeRiskRule(),
                new HeartFailureMortalityRule(),
                new CoronaryStenosisModel(AdditiveModel.shipped(CoronaryStenosisModel.ID)),
                new PressureDeteriorationModel(AdditiveModel.shipped(PressureDeteriorationModel.ID)),
                new DecompensationModel(AdditiveModel.shipped(DecompensationModel.ID)));
    }
}
