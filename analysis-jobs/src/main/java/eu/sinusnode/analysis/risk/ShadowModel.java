package eu.sinusnode.analysis.risk;

/**
 * A model whose results nobody is shown: they are computed and counted. Its identity says so, wherever a run names what it
 * scores with.
 */
public record ShadowModel(RiskModel model) implements RiskModel {

    @Override
    public ModelIdentity identity() {
        ModelIdentity own = model.identity();
        return new ModelIdentity(own.risk(), own.id(), own.version() + " in shadow", own.name(), own.sha256());
    }

    @Override
    public ModelInputs inputs() {
        return model.inputs();
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        return new RiskResult.InShadow(identity(), model.score(features) instanceof RiskResult.Raised);
    }
}
