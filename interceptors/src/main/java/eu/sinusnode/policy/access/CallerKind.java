package eu.sinusnode.policy.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The kinds of caller that the server knows; each has rows of its own in the {@link AccessMatrix}. */
public enum CallerKind {
    PATIENT("patient", ScopeContext.PATIENT, Relationship.SELF, Purpose.PATRQT),
    /** A person who acts for a patient, as a RelatedPerson says, within its period. */
    REPRESENTATIVE("representative", ScopeContext.PATIENT, Relationship.REPRESENTATIVE, Purpose.PATRQT),
    /** {@code user/} scopes; in a SMART launch also {@code patient/} scopes, for the one patient of the launch. */
    CLINICIAN("clinician", ScopeContext.USER, Relationship.CARE_TEAM, Purpose.TREAT),
    CLINIC_SYSTEM("clinic-system", ScopeContext.SYSTEM, Relationship.CARE_TEAM, Purpose.TREAT),
    /** Brings what the devices of its Organization measure. */
    DEVICE_GATEWAY("device-gateway", ScopeContext.SYSTEM, Relationship.DEVICE, Purpose.TREAT),
    INSURER("insurer", ScopeContext.SYSTEM, Relationship.COVERAGE, Purpose.HPAYMT),
    /** Gets the pseudonymised form of what patients permit for research, by {@code $export} and by nothing else. */
    RESEARCHER("researcher", ScopeContext.SYSTEM, Relationship.NONE_NEEDED, Purpose.HRESCH),
    ANALYSIS_JOB("analysis-job", ScopeContext.SYSTEM, Relationship.NONE_NEEDED, Purpose.CAREMGT),
    AUDITOR("auditor", ScopeContext.USER, Relationship.NO_RECORDS, Purpose.HSYSADMIN),
    ADMINISTRATOR("administrator", ScopeContext.SYSTEM, Relationship.NO_RECORDS, Purpose.HSYSADMIN),
    /** A clinic's admission desk: writes down what its patients have signed on paper, and reads nothing. */
    CONSENT_RECORDER("consent-recorder", ScopeContext.SYSTEM, Relationship.CARE_TEAM, Purpose.PATADMIN);

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

    /** The kind that a token's {@code caller_kind} claim names. */
    public static Optional<CallerKind> ofClaim(String claim) {
        return Arrays.stream(values()).filter(kind -> kind.claim.equals(claim)).findFirst();
    }

    /** The value of the token's {@code caller_kind} claim. */
    public String claim() {
        return claim;
    }

    /** The context of the scopes that such a caller has without any launch. */
    public ScopeContext scopeContext() {
        return scopeContext;
    }

    /** Every context whose scopes count for such a caller. */
    public Set<ScopeContext> scopeContexts() {
        return this == CLINICIAN ? EnumSet.of(ScopeContext.USER, ScopeContext.PATIENT) : EnumSet.of(scopeContext);
    }

    /** How the caller must be linked to a patient before that patient's consent is even asked. */
    public Relationship relationship() {
        return relationship;
    }

    /** The one purpose that a caller of this kind acts for; a token must say it too. */
    public Purpose purpose() {
        return purpose;
    }

    /** Whether such a caller reads and searches nothing, and has records by exports alone. */
    public boolean getsExportsAlone() {
        return this == RESEARCHER;
    }

    /** Whether such a caller acts for one patient as that patient: no permit is needed for the patient's own record. */
    public boolean actsAsPatient() {
        return relationship == Relationship.SELF || relationship == Relationship.REPRESENTATIVE;
    }
}
