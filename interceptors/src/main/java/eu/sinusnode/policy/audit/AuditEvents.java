package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Builds AuditEvents in the shape of IHE BALP 1.1 (type {@code rest}, agents for client, server and user, request and
 * patient entities). Nothing of a resource's content goes in: ids, codes and the reason of the decision only.
 */
public final class AuditEvents {

    static final String EVENT_TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    static final String RESTFUL_INTERACTIONS = "http://hl7.org/fhir/restful-interaction";
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    static final String ENTITY_TYPES = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    static final String ENTITY_ROLES = "http://terminology.hl7.org/CodeSystem/object-role";
    static final String BALP_ENTITY_TYPES = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private static final Coding SOURCE = new Coding(DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(DICOM, "110152", "Destination Role ID");

    private final String serverBase;

    /** @param serverBase FHIR base URL of this server: names it as observer and as agent */
    public AuditEvents(String serverBase) {
        this.serverBase = serverBase;
    }

    /**
     * A refusal.
     *
     * @param caller null when nobody could be identified
     * @param patientId the patient whose record was refused, or null when the refusal concerns the request
     */
    public AuditEvent denial(
            RequestFacts request,
            @Nullable Caller caller,
            Decision.Deny deny,
            @Nullable String patientId,
            Instant recorded) {
        AuditEvent event = new AuditEvent();
        event.setType(new Coding(EVENT_TYPES, "rest", "RESTful Operation"));
        event.addSubtype(new Coding(RESTFUL_INTERACTIONS, request.interaction().code(), null));
        event.setAction(request.interaction().action());
        event.setRecordedElement(new InstantType(Date.from(recorded)));
        event.setOutcome(outcome(deny));
        event.setOutcomeDesc(deny.code().code() + ": " + deny.reason());
        event.getSource()
                .setObserver(new Reference().setDisplay(serverBase))
                .addType(new Coding(
                        "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"));
        addClient(event, request, caller);
        addServer(event, request);
        addUser(event, caller);
        addRequestEntity(event, request);
        addRecordEntity(event, request);
        addPatientEntity(event, patientId);
        return event;
    }

    /** A caller who may not do something at all is the graver case; one that asked for what is not its own the lesser. */
    private static AuditEventOutcome outcome(Decision.Deny deny) {
        int status = deny.code().status();
        return status == 401 || status == 403 ? AuditEventOutcome._8 : AuditEventOutcome._4;
    }

    private static void addClient(AuditEvent event, RequestFacts request, @Nullable Caller caller) {
        AuditEventAgentComponent client = event.addAgent().setRequestor(false);
        client.setType(new CodeableConcept(request.interaction().clientIsSource() ? SOURCE : DESTINATION));
        if (caller == null) {
            client.setWho(new Reference().setDisplay("not identified"));
        } else {
            client.getWho().getIdentifier().setValue(caller.clientId());
        }
        if (request.clientAddress() != null) {
            client.getNetwork().setAddress(request.clientAddress()).setType(AuditEventAgentNetworkType._2);
        }
    }

    private void addServer(AuditEvent event, RequestFacts request) {
        AuditEventAgentComponent server = event.addAgent().setRequestor(false);
        server.setType(new CodeableConcept(request.interaction().clientIsSource() ? DESTINATION : SOURCE));
        server.setWho(new Reference().setDisplay(serverBase));
        server.getNetwork().setAddress(serverBase).setType(AuditEventAgentNetworkType._5);
    }

    private static void addUser(AuditEvent event, @Nullable Caller caller) {
        if (caller == null) {
            return;
        }
        AuditEventAgentComponent user = event.addAgent().setRequestor(true);
        user.setType(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", "information recipient")));
        if (caller.fhirUser() != null) {
            user.setWho(new Reference(caller.fhirUser()));
        } else if (caller.organizationId() != null) {
            user.setWho(new Reference("Organization/" + caller.organizationId()));
        }
        user.getWho().getIdentifier().setValue(caller.subject());
        user.addPolicy("urn:jti:" + caller.tokenId());
        user.addPurposeOfUse(new CodeableConcept(
                new Coding(Codes.ACT_REASON, caller.purpose().name(), null)));
    }

    private static void addRequestEntity(AuditEvent event, RequestFacts request) {
        event.addEntity()
                .setType(new Coding(BALP_ENTITY_TYPES, "XrequestId", null))
                .getWhat()
                .getIdentifier()
                .setValue(request.requestId());
    }

    private static void addRecordEntity(AuditEvent event, RequestFacts request) {
        if (request.resourceType() == null) {
            return;
        }
        AuditEvent.AuditEventEntityComponent record = event.addEntity()
                .setType(new Coding(ENTITY_TYPES, "2", "System Object"))
                .setRole(new Coding(ENTITY_ROLES, "4", "Domain Resource"));
        if (request.resourceId() == null) {
            record.setName(request.resourceType());
        } else {
            record.setWhat(new Reference(request.resourceType() + "/" + request.resourceId()));
        }
    }

    private static void addPatientEntity(AuditEvent event, @Nullable String patientId) {
        if (patientId != null) {
            event.addEntity()
                    .setType(new Coding(ENTITY_TYPES, "1", "Person"))
                    .setRole(new Coding(ENTITY_ROLES, "1", "Patient"))
                    .setWhat(new Reference("Patient/" + patientId));
        }
    }
}
