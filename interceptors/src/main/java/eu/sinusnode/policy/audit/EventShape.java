package eu.sinusnode.policy.audit;

import java.util.function.Supplier;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that an AuditEvent can have: IHE BALP's, and for what BALP has none, the nearest one's. The agents' roles say
 * where the data came from and went to: of a read the client is the destination, of a query and of a write the source.
 */
enum EventShape {
    READ("Read", AuditEventAction.R, AuditCodes::rest, AuditCodes::destination, AuditCodes::source),
    QUERY("Query", AuditEventAction.E, AuditCodes::rest, AuditCodes::source, AuditCodes::destination),
    CREATE("Create", AuditEventAction.C, AuditCodes::rest, AuditCodes::source, AuditCodes::destination),
    UPDATE("Update", AuditEventAction.U, AuditCodes::rest, AuditCodes::source, AuditCodes::destination),
    DELETE("Delete", AuditEventAction.D, AuditCodes::rest, AuditCodes::application, AuditCodes::custodian),
    /** To a recipient outside of care; always about one patient. */
    DISCLOSURE(null, AuditEventAction.R, AuditCodes::export, AuditCodes::destination, AuditCodes::source),
    OPERATION(null, AuditEventAction.E, AuditCodes::rest, AuditCodes::source, AuditCodes::destination),
    EXPORT(null, AuditEventAction.R, AuditCodes::export, AuditCodes::destination, AuditCodes::source),
    IMPORT(null, AuditEventAction.C, AuditCodes::intake, AuditCodes::source, AuditCodes::destination),
    JOB(null, AuditEventAction.E, AuditCodes::applicationActivity, AuditCodes::application, AuditCodes::source),
    CONFIGURATION(null, AuditEventAction.E, AuditCodes::securityAlert, AuditCodes::application, AuditCodes::source),
    AUTHENTICATION(
            null,
            AuditEventAction.E,
            AuditCodes::userAuthentication,
            AuditCodes::application,
            AuditCodes::authorizationService);

    private static final String PROFILES = AuditCodes.BALP + "StructureDefinition/IHE.BasicAudit.";

    private final @Nullable String profile;
    private final AuditEventAction action;
    private final Supplier<Coding> type;
    private final Supplier<Coding> client;
    private final Supplier<Coding> server;

    EventShape(
            @Nullable String profile,
            AuditEventAction action,
            Supplier<Coding> type,
            Supplier<Coding> client,
            Supplier<Coding> server) {
        this.profile = profile;
        this.action = action;
        this.type = type;
        this.client = client;
        this.server = server;
    }

    static EventShape of(AuditedInteraction interaction) {
        return switch (interaction) {
            case READ, VREAD -> READ;
            case SEARCH, BULK -> QUERY;
            case CREATE -> CREATE;
            case UPDATE -> UPDATE;
            case DELETE -> DELETE;
            case HISTORY, TRANSACTION, BATCH, OPERATION, OTHER -> OPERATION;
            case EXPORT -> EXPORT;
            case IMPORT -> IMPORT;
            case JOB_START, JOB_RUN -> JOB;
            case MODEL_LIFT -> CONFIGURATION;
            case LOGIN, LOGOUT, TOKEN -> AUTHENTICATION;
        };
    }

    /** The BALP profile that a success of this shape conforms to; null where BALP has none. */
    @Nullable
    String profile(boolean withPatient) {
        if (this == DISCLOSURE) {
            return PROFILES + "PrivacyDisclosure.Source";
        }
        return profile == null ? null : PROFILES + (withPatient ? "Patient" : "") + profile;
    }

    AuditEventAction action() {
        return action;
    }

    Coding type() {
        return type.get();
    }

    Coding clientRole() {
        return client.get();
    }

    Coding serverRole() {
        return server.get();
    }

    /** Who wrote is the author of it, who asked the recipient. */
    Coding userRole() {
        return this == CREATE || this == UPDATE || this == DELETE || this == IMPORT
                ? AuditCodes.author()
                : AuditCodes.recipient();
    }

    boolean isQuery() {
        return this == QUERY;
    }
}
