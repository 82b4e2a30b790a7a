package eu.sinusnode.server.audit.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/** Where things stand in an AuditEvent of BALP's shape. */
final class EventParts {

    /** Before the subject of a token, where no record of the person is known. */
    static final String SUBJECT = "sub/";

    private static final String UNKNOWN = "unknown";
    private static final Set<String> PERSONS = Set.of("Patient", "RelatedPerson");
    private static final String REQUEST_ID = "XrequestId";
    private static final String PATIENT_ROLE = "1";

    private EventParts() {}

    /** {@code Patient/…}: the patient concerned, as the entity in the patient's role names it. */
    static Optional<String> patient(AuditEvent event) {
        return event.getEntity().stream()
                .filter(entity -> PATIENT_ROLE.equals(entity.getRole().getCode()))
                .flatMap(entity -> person(entity.getWhat()))
                .findFirst();
    }

    /** A person whom a refused request named, before anything was known of whom it asks for: perhaps nobody. */
    static Optional<String> askedFor(AuditEvent event) {
        return event.getEntity().stream()
                .flatMap(entity -> person(entity.getWhat()))
                .findFirst();
    }

    /**
     * {@code Patient/…} or {@code RelatedPerson/…}: the person who acted, unless it was staff; {@code sub/…} when the login
     * server alone knows who it was, as at a login.
     */
    static Optional<String> actor(AuditEvent event) {
        return requestor(event)
                .flatMap(agent -> person(agent.getWho()).findFirst().or(() -> subject(event, agent)));
    }

    private static Optional<String> subject(AuditEvent event, AuditEventAgentComponent agent) {
        return agent.getWho().hasReference()
                ? Optional.empty()
                : subjectOf(agent)
                        .filter(subject -> !client(event).equals(Optional.of(subject)))
                        .map(subject -> SUBJECT + subject);
    }

    /** What the issuer calls the person. */
    static Optional<String> subjectOf(AuditEventAgentComponent agent) {
        return Optional.ofNullable(agent.getWho().getIdentifier().getValue())
                .filter(subject -> !subject.equals(UNKNOWN));
    }

    static Optional<AuditEventAgentComponent> requestor(AuditEvent event) {
        return event.getAgent().stream()
                .filter(AuditEventAgentComponent::getRequestor)
                .findFirst();
    }

    /** The agents that are, or stand in front of, the person who acted: not the server. */
    static List<Integer> agentsOfActor(AuditEvent event) {
        return IntStream.range(0, event.getAgent().size())
                .filter(index -> event.getAgent().get(index).getRequestor()
                        || event.getAgent().get(index).getWho().getIdentifier().hasValue()
                        || person(event.getAgent().get(index).getWho())
                                .findAny()
                                .isPresent())
                .boxed()
                .toList();
    }

    static boolean isPerson(AuditEventAgentComponent agent) {
        return agent.getRequestor() || person(agent.getWho()).findAny().isPresent();
    }

    /** OAuth client: the agent that did not request and is known by an identifier; the server has none. */
    static Optional<String> client(AuditEvent event) {
        return event.getAgent().stream()
                .filter(agent -> !agent.getRequestor())
                .map(agent -> agent.getWho().getIdentifier().getValue())
                .filter(id -> id != null)
                .findFirst();
    }

    static boolean isRequestId(AuditEventEntityComponent entity) {
        return REQUEST_ID.equals(entity.getType().getCode());
    }

    static Optional<String> requestId(AuditEvent event) {
        return event.getEntity().stream()
                .filter(EventParts::isRequestId)
                .map(entity -> entity.getWhat().getIdentifier().getValue())
                .filter(id -> id != null)
                .findFirst();
    }

    /** What a token search may name: the code, and {@code system|code}. */
    static List<String> tokens(List<Coding> codings) {
        return codings.stream()
                .filter(Coding::hasCode)
                .flatMap(coding -> Stream.of(
                        coding.getCode(), (coding.hasSystem() ? coding.getSystem() : "") + "|" + coding.getCode()))
                .distinct()
                .toList();
    }

    static String withoutVersion(Reference reference) {
        return reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    }

    private static Stream<String> person(Reference who) {
        boolean is = who.hasReference()
                && PERSONS.contains(String.valueOf(who.getReferenceElement().getResourceType()));
        return is ? Stream.of(withoutVersion(who)) : Stream.empty();
    }
}
