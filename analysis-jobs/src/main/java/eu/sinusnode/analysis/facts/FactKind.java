package eu.sinusnode.analysis.facts;

/** What rules ask of a record beside vital readings. */
public enum FactKind {
    /** Birth date, sex and country of residence. */
    PERSON,
    /** With the day from which heart failure is known. */
    DIAGNOSES,
    DRUGS,
    LABORATORY,
    SMOKING,
    NYHA,
    /** What clinicians have set in place of a rule's own limits. */
    LIMITS,
    /** Days covered of the prescriptions that lower blood pressure, with these prescriptions and no other drug. */
    COVERED_ANTIHYPERTENSIVES
}
