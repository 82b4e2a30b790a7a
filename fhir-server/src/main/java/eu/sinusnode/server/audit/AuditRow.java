package eu.sinusnode.server.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What of an AuditEvent stands in columns of its own, to be searched.
 *
 * @param outcome code of AuditEvent.outcome
 * @param client OAuth client id
 * @param caller reference of the person or organization that called, or the subject of the token
 * @param patient id of the patient concerned, null when none or several are
 */
record AuditRow(
        String outcome,
        String subtype,
        @Nullable String client,
        @Nullable String caller,
        @Nullable String patient,
        @Nullable String denialCode,
        @Nullable String requestId) {

    private static final Pattern DENIAL = Pattern.compile("(SN-[A-Z]+-\\d{3}):.*", Pattern.DOTALL);

    static AuditRow of(AuditEvent event) {
        return new AuditRow(
                event.hasOutcome() ? event.getOutcome().toCode() : "",
                event.hasSubtype() ? event.getSubtypeFirstRep().getCode() : "",
                client(event).orElse(null),
                caller(event).orElse(null),
                patient(event).orElse(null),
                denialCode(event).orElse(null),
                requestId(event).orElse(null));
    }

    /** The client is the agent that is not the requestor and has an identifier; the server has none. */
    private static Optional<String> client(AuditEvent event) {
        return event.getAgent().stream()
                .filter(agent -> !agent.getRequestor())
                .map(agent -> agent.getWho().getIdentifier().getValue())
                .filter(id -> id != null)
                .findFirst();
    }

    private static Optional<String> caller(AuditEvent event) {
        return event.getAgent().stream()
                .filter(AuditEventAgentComponent::getRequestor)
                .map(AuditEventAgentComponent::getWho)
                .map(who -> who.hasReference()
                        ? who.getReference()
                        : who.getIdentifier().getValue())
                .filter(id -> id != null)
                .findFirst();
    }

    private static Optional<String> patient(AuditEvent event) {
        var patients = event.getEntity().stream()
                .map(AuditEventEntityComponent::getWhat)
                .map(Reference::getReferenceElement)
                .filter(reference -> "Patient".equals(reference.getResourceType()))
                .map(reference -> reference.getIdPart())
                .distinct()
                .toList();
        return patients.size() == 1 ? Optional.of(patients.get(0)) : Optional.empty();
    }

    private static Optional<String> denialCode(AuditEvent event) {
        return Optional.ofNullable(event.getOutcomeDesc())
                .map(DENIAL::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }

    private static Optional<String> requestId(AuditEvent event) {
        return event.getEntity().stream()
                .filter(entity -> "XrequestId".equals(entity.getType().getCode()))
                .map(entity -> entity.getWhat().getIdentifier().getValue())
                .filter(id -> id != null)
                .findFirst();
    }
}
