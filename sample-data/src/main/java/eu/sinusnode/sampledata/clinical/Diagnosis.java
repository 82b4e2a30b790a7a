package eu.sinusnode.sampledata.clinical;

/** The diagnoses of the cohort, coded in ICD-10-GM 2026, each with wording of our own. */
public enum Diagnosis {
    HYPERTENSION("I10.90", "Bluthochdruck"),
    PAROXYSMAL_AF("I48.0", "Vorhofflimmern, anfallsweise"),
    PERSISTENT_AF("I48.1", "Vorhofflimmern, anhaltend"),
    PERMANENT_AF("I48.2", "Vorhofflimmern, dauerhaft"),
    CORONARY_DISEASE("I25.11", "Koronare Herzkrankheit, ein Gefäß"),
    OLD_INFARCTION("I25.22", "Früherer Herzinfarkt"),
    HEART_FAILURE_NYHA_II("I50.12", "Linksherzschwäche, NYHA II"),
    HEART_FAILURE_NYHA_III("I50.13", "Linksherzschwäche, NYHA III"),
    PREMATURE_BEATS("I49.3", "Ventrikuläre Extraschläge");

    private final String code;
    private final String text;

    Diagnosis(String code, String text) {
        this.code = code;
        this.text = text;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }

    public boolean isHeartFailure() {
        return this == HEART_FAILURE_NYHA_II || this == HEART_FAILURE_NYHA_III;
    }

    public boolean isAtrialFibrillation() {
        return this == PAROXYSMAL_AF || this == PERSISTENT_AF || this == PERMANENT_AF;
    }
}
