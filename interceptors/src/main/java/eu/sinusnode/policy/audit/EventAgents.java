package eu.sinusnode.policy.audit;

import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** The agents of an AuditEvent: the client, this server, and the person or organization behind the client. */
final class EventAgents {

    private final String serverBase;

    EventAgents(String serverBase) {
        this.serverBase = serverBase;
    }

    void add(AuditEvent event, EventShape shape, RequestFacts request, @Nullable AuditedCaller caller) {
        addClient(event, shape, request, caller);
        AuditEventAgentComponent server = event.addAgent().setRequestor(false);
        server.setType(new CodeableConcept(shape.serverRole()));
        server.setWho(new Reference().setDisplay(serverBase));
        server.getNetwork().setAddress(serverBase).setType(AuditEventAgentNetworkType._5);
        if (caller != null) {
            addUser(event, shape, caller);
        }
    }

    private static void addClient(
            AuditEvent event, EventShape shape, RequestFacts request, @Nullable AuditedCaller caller) {
        AuditEventAgentComponent client = event.addAgent().setRequestor(false);
        client.setType(new CodeableConcept(shape.clientRole()));
        if (!shape.clientRole().equalsDeep(AuditCodes.application())) {
            client.getType().addCoding(AuditCodes.application());
        }
        if (caller == null) {
            client.setWho(new Reference().setDisplay("not identified"));
        } else {
            client.getWho().getIdentifier().setValue(caller.clientId());
        }
        if (request.clientAddress() == null) {
            client.getNetwork().setAddress("unknown");
        } else {
            client.getNetwork().setAddress(request.clientAddress()).setType(AuditEventAgentNetworkType._2);
        }
    }

    private static void addUser(AuditEvent event, EventShape shape, AuditedCaller caller) {
        AuditEventAgentComponent user = event.addAgent().setRequestor(true);
        user.setType(new CodeableConcept(shape.userRole()));
        if (caller.fhirUser() != null) {
            user.setWho(new Reference(caller.fhirUser()));
        } else if (caller.organizationId() != null) {
            user.setWho(new Reference("Organization/" + caller.organizationId()));
        }
        user.getWho().getIdentifier().setValue(caller.subject());
        if (caller.tokenId() != null) {
            user.addPolicy("urn:jti:" + caller.tokenId());
        }
        if (caller.purpose() != null) {
            user.addPurposeOfUse(new CodeableConcept(new Coding(Codes.ACT_REASON, caller.purpose(), null)));
        }
    }
}
