package eu.sinusnode.sampledata.clinical;

/** The kinds of consent in the cohort, and the one word that the directory uses for each. */
public enum ConsentKind {
    /** The clinic treats, the insurer pays, the centre analyses: all of the record. */
    WIDE("wide"),
    /** As wide, but the insurer sees blood pressure only. */
    INSURER_BLOOD_PRESSURE("narrow"),
    /** Analysis is permitted on blood pressure Observations only; the insurer gets nothing. */
    ANALYSIS_BLOOD_PRESSURE("narrow"),
    /** The clinic treats; nobody else. */
    CLINIC_ONLY("narrow"),
    /** As wide, but every permit ended before the cohort's end date. */
    EXPIRED("withdrawn"),
    /** Was wide; the patient took it back. */
    WITHDRAWN("withdrawn"),
    /** Asked and declined. */
    REFUSED("none"),
    /** Never asked: no Consent resource. */
    NONE("none");

    private final String summary;

    ConsentKind(String summary) {
        this.summary = summary;
    }

    public String summary() {
        return summary;
    }
}
