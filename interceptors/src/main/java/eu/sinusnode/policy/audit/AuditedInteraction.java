package eu.sinusnode.policy.audit;

import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;

/** Interactions as AuditEvent.subtype names them, with the action and the direction in which data flows. */
public enum AuditedInteraction {
    READ("read", AuditEventAction.R, false),
    SEARCH("search-type", AuditEventAction.E, true),
    CREATE("create", AuditEventAction.C, true),
    UPDATE("update", AuditEventAction.U, true),
    TRANSACTION("transaction", AuditEventAction.E, true),
    OPERATION("operation", AuditEventAction.E, true),
    /** An interaction that is not open, or a request that never came far enough to be one. */
    OTHER("operation", AuditEventAction.E, true);

    private final String code;
    private final AuditEventAction action;
    private final boolean clientIsSource;

    AuditedInteraction(String code, AuditEventAction action, boolean clientIsSource) {
        this.code = code;
        this.action = action;
        this.clientIsSource = clientIsSource;
    }

    /** Code in {@code http://hl7.org/fhir/restful-interaction}. */
    public String code() {
        return code;
    }

    public AuditEventAction action() {
        return action;
    }

    /** BALP: the client is the source of a query and of a write, and the destination of a read. */
    public boolean clientIsSource() {
        return clientIsSource;
    }
}
