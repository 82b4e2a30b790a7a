package eu.sinusnode.analysis.risk;

/** What a model says of one patient. */
public sealed interface RiskResult {

    ModelIdentity model();

    /** The risk is there: a flag is due. */
    record Raised(ModelIdentity model, Finding finding) implements RiskResult {}

    /**
     * The risk was looked for and is not there.
     *
     * @param reason a whole sentence, for a flag that has to be taken back
     */
    record Clear(ModelIdentity model, String reason) implements RiskResult {}

    /**
     * The risk is none that this patient can have, or the model is not made for who this patient is.
     *
     * @param reason a whole sentence, for a flag that has to be taken back
     */
    record NotApplicable(ModelIdentity model, String reason) implements RiskResult {}

    /**
     * There was too little to judge by. Never read as "no risk".
     *
     * @param reason a whole sentence; the same data gives the same words on every day
     */
    record NotComputable(ModelIdentity model, String reason) implements RiskResult {}

    /**
     * The model is in the shadow: what it says is for nobody.
     *
     * @param raised whether it would have raised the risk
     */
    record InShadow(ModelIdentity model, boolean raised) implements RiskResult {}
}
