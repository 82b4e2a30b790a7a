package eu.sinusnode.analysis.risk;

/** What every flag of a model says that was trained on simulated patients alone. */
final class Synthetic {

    static final String DECISION =
            "A clinician decides: this model was trained and measured on simulated patients alone. Nothing that it says is known"
                    + " of real ones.";

    /** Beginning of the sentence for the patient. */
    static final String ENGLISH =
            "A calculation that is on trial, and was made with simulated people alone, has marked your values.";

    static final String GERMAN =
            "Eine Berechnung auf Probe, die nur mit simulierten Menschen entstand, hat Ihre Werte markiert.";

    private Synthetic() {}
}
