package eu.sinusnode.policy.access;

/** The kinds of caller that the server knows; each has rows of its own in the {@link AccessMatrix}. */
public enum CallerKind {
    PATIENT("patient", ScopeContext.PATIENT, Relationship.SELF, Purpose.PATRQT),
    CLINICIAN("clinician", ScopeContext.USER, Relationship.CARE_TEAM, Purpose.TREAT),
    CLINIC_SYSTEM("clinic-system", ScopeContext.SYSTEM, Relationship.CARE_TEAM, Purpose.TREAT),
    INSURER("insurer", ScopeContext.SYSTEM, Relationship.COVERAGE, Purpose.HPAYMT),
    ANALYSIS_JOB("analysis-job", ScopeContext.SYSTEM, Relationship.NONE_NEEDED, Purpose.CAREMGT),
    AUDITOR("auditor", ScopeContext.USER, Relationship.NO_RECORDS, Purpose.HSYSADMIN),
    ADMINISTRATOR("administrator", ScopeContext.SYSTEM, Relationship.NO_RECORDS, Purpose.HSYSADMIN);

    private final String claim;
    private final ScopeContext scopeContext;
    private final Relationship relationship;
    private final Purpose purpose;

    CallerKind(String claim, ScopeContext scopeContext, Relationship relationship, Purpose purpose) {
        this.claim = claim;
        this.scopeContext = scopeContext;
        this.relationship = relationship;
        this.purpose = purpose;
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

    /** The one purpose that a caller of this kind acts for; a token must say it too. */
    public Purpose purpose() {
        return purpose;
    }
}
