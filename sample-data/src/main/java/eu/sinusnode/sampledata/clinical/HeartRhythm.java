package eu.sinusnode.sampledata.clinical;

/** What the heart really does; the truth behind each recording of beats. */
public enum HeartRhythm {
    SINUS("sinus"),
    ECTOPY("sinus-with-ectopy"),
    PAROXYSMAL_FIBRILLATION("paroxysmal-atrial-fibrillation"),
    FIBRILLATION("atrial-fibrillation");

    private final String label;

    HeartRhythm(String label) {
        this.label = label;
    }

    /** The word for it in the truth labels. */
    public String label() {
        return label;
    }
}
