package eu.sinusnode.policy.audit;

/** What can be audited: FHIR's interactions, and what happens beside them. */
public enum AuditedInteraction {
    READ("read"),
    VREAD("vread"),
    HISTORY("history"),
    SEARCH("search-type"),
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete"),
    TRANSACTION("transaction"),
    /** The envelope alone; what its entries do is audited entry by entry. */
    BATCH("batch"),
    OPERATION("operation"),
    /** An operation whose one answer holds the records of many patients. */
    BULK("operation"),
    /** A file of a bulk export that was fetched. */
    EXPORT("operation"),
    /** A file of a bulk import whose lines were stored. */
    IMPORT("operation"),
    /** A run of a batch job began. */
    JOB_START("operation"),
    /** A run of a batch job is over; told when it is. */
    JOB_RUN("operation"),
    /** Somebody has decided that a model's findings are written again; told by the job that writes them. */
    MODEL_LIFT("operation"),
    LOGIN("login"),
    LOGOUT("logout"),
    /** An access token was given out. */
    TOKEN("token"),
    /** An interaction that is not open, or a request that never came far enough to be one. */
    OTHER("operation");

    private final String code;

    AuditedInteraction(String code) {
        this.code = code;
    }

    /** The interaction's code in {@code http://hl7.org/fhir/restful-interaction}, where it is one. */
    public String code() {
        return code;
    }

    /** Whether it stores, changes or deletes one record. */
    public boolean isWrite() {
        return this == CREATE || this == UPDATE || this == DELETE;
    }

    /** Whether one AuditEvent stands for a whole answer or file, and the ledger alone names the patients. */
    public boolean isBulk() {
        return this == BULK || this == EXPORT || this == IMPORT || isJob();
    }

    /** Whether a batch job told it of itself. */
    public boolean isJob() {
        return this == JOB_START || this == JOB_RUN || this == MODEL_LIFT;
    }
}
