package eu.sinusnode.policy.access;

/** The kinds of caller that the server knows; each has rows of its own in the {@link AccessMatrix}. */
public enum CallerKind {
    PATIENT("patient", ScopeContext.PATIENT, Relationship.SELF),
    CLINICIAN("clinician", ScopeContext.USER, Relationship.CARE_TEAM),
    CLINIC_SYSTEM("clinic-system", ScopeContext.SYSTEM, Relationship.CARE_TEAM),
    INSURER("insurer", ScopeContext.SYSTEM, Relationship.COVERAGE),
    ANALYSIS_JOB("analysis-job", ScopeContext.SYSTEM, Relationship.NONE_NEEDED),
    AUDITOR("auditor", ScopeContext.USER, Relationship.NO_RECORDS),
    ADMINISTRATOR("administrator", ScopeContext.SYSTEM, Relationship.NO_RECORDS);

    private final String claim;
    private final ScopeContext scopeContext;
    private final Relationship relationship;

    CallerKind(String claim, ScopeContext scopeContext, Relationship relationship) {
        this.claim = claim;
        this.scopeContext = scopeContext;
        this.relationship = relationship;
    }

    /** The value of the token's {@code caller_kind} claim. */
    public String claim() {
        return claim;
    }

    public ScopeContext scopeContext() {
        return scopeContext;
    }

    /** How the caller must be linked to a patient before that patient's consent is even asked. */
    public Relationship relationship() {
        return relationship;
    }
}
