package eu.sinusnode.server.audit.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.audit.chain.EventRow;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.jspecify.annotations.Nullable;

/**
 * Makes the row of an AuditEvent: what concerns a person sealed with that person's key, the rest in columns to search.
 *
 * <p>With the key of the patient concerned: the patient, the records, the query. With the key of the person who acted, when
 * that was a patient or a representative: who it was, and from which address.
 */
final class EventSealer {

    static final String CONCERNED = "concerned";
    static final String ACTOR = "actor";
    static final String LEDGER = "ledger";
    private static final List<String> OF_RECORDS = List.of("query", "description", "name", "detail");
    private static final List<String> OF_ACTOR = List.of("altId", "name", "network");
    private static final Pattern DENIAL = Pattern.compile("(SN-[A-Z]+-\\d{3}):.*", Pattern.DOTALL);

    private EventSealer() {}

    /** Persons who are there: their keys are made where they are missing. */
    static List<String> persons(Recordable recordable) {
        List<String> persons = new ArrayList<>();
        EventParts.patient(recordable.event()).ifPresent(persons::add);
        EventParts.actor(recordable.event()).ifPresent(persons::add);
        recordable.ledger().forEach(line -> persons.add("Patient/" + line.patientId()));
        return persons;
    }

    /** Whom a request named that was refused at once. A guessed id is nobody's, and gets no key. */
    static Optional<String> guessed(Recordable recordable) {
        AuditEvent event = recordable.event();
        return EventParts.patient(event).isPresent() ? Optional.empty() : EventParts.askedFor(event);
    }

    /** @param subjects of all {@link #persons}, and of those {@link #guessed} who are there */
    static EventRow row(Recordable recordable, Map<String, Subject> subjects) {
        AuditEvent event = recordable.event();
        UUID id = UUID.fromString(event.getIdElement().getIdPart());
        ObjectNode json = EventTree.of(event);
        Subject concerned = EventParts.patient(event)
                .or(() -> EventParts.askedFor(event))
                .map(subjects::get)
                .orElse(null);
        Subject actor = EventParts.actor(event).map(subjects::get).orElse(null);
        SealedParts records = SealedParts.of(json);
        if (concerned != null) {
            takeRecords(event, records);
        }
        SealedParts who = SealedParts.of(json);
        if (actor != null) {
            takeActor(event, who);
        }
        return new EventRow(
                id,
                event.getRecorded().toInstant().truncatedTo(ChronoUnit.MILLIS),
                concerned == null ? null : concerned.id(),
                actor == null ? null : actor.id(),
                EventParts.tokens(List.of(event.getType())),
                EventParts.tokens(event.getSubtype()),
                event.hasAction() ? event.getAction().toCode() : null,
                event.hasOutcome() ? event.getOutcome().toCode() : null,
                EventParts.client(event).map(EventSealer::storable).orElse(null),
                agents(event, actor != null),
                actor != null ? List.of() : agentNames(event),
                entities(event, concerned),
                denialCode(event).orElse(null),
                EventParts.requestId(event).map(EventSealer::storable).orElse(null),
                json.toString(),
                seal(concerned, id, CONCERNED, records.bytes(recordable.story())),
                seal(actor, id, ACTOR, who.bytes(null)),
                recordable.ledger().stream()
                        .map(line -> ledgerRow(id, line, subjects))
                        .toList());
    }

    private static EventRow.LedgerRow ledgerRow(UUID event, Recordable.LedgerLine line, Map<String, Subject> subjects) {
        Subject person = Objects.requireNonNull(subjects.get("Patient/" + line.patientId()));
        return new EventRow.LedgerRow(
                person.id(), line.records(), person.key().seal(place(event, LEDGER), line.story()));
    }

    static String place(UUID id, String part) {
        return id + "/" + part;
    }

    private static void takeRecords(AuditEvent event, SealedParts records) {
        for (int i = 0; i < event.getEntity().size(); i++) {
            if (!EventParts.isRequestId(event.getEntity().get(i))) {
                records.take("entity", i, "what", true);
                for (String field : OF_RECORDS) {
                    records.take("entity", i, field, false);
                }
            }
        }
    }

    private static void takeActor(AuditEvent event, SealedParts who) {
        for (int index : EventParts.agentsOfActor(event)) {
            AuditEventAgentComponent agent = event.getAgent().get(index);
            if (EventParts.isPerson(agent)) {
                who.take("agent", index, "who", true);
            }
            for (String field : OF_ACTOR) {
                who.take("agent", index, field, false);
            }
        }
    }

    private static List<String> agents(AuditEvent event, boolean withoutPersons) {
        List<String> agents = new ArrayList<>();
        for (AuditEventAgentComponent agent : event.getAgent()) {
            if (withoutPersons && EventParts.isPerson(agent)) {
                continue;
            }
            if (agent.getWho().hasReference()) {
                agents.add(storable(EventParts.withoutVersion(agent.getWho())));
            }
            if (agent.getWho().getIdentifier().hasValue()) {
                agents.add(storable(agent.getWho().getIdentifier().getValue()));
            }
        }
        return agents;
    }

    private static List<String> agentNames(AuditEvent event) {
        return event.getAgent().stream()
                .filter(AuditEventAgentComponent::hasName)
                .map(agent -> storable(agent.getName()))
                .toList();
    }

    private static List<String> entities(AuditEvent event, @Nullable Subject concerned) {
        return event.getEntity().stream()
                .map(AuditEventEntityComponent::getWhat)
                .filter(what -> what.hasReference())
                .map(what -> storable(EventParts.withoutVersion(what)))
                .map(reference ->
                        concerned == null ? reference : concerned.key().token(reference))
                .distinct()
                .toList();
    }

    private static byte @Nullable [] seal(@Nullable Subject subject, UUID id, String part, byte @Nullable [] text) {
        return subject == null || text == null ? null : subject.key().seal(place(id, part), text);
    }

    private static Optional<String> denialCode(AuditEvent event) {
        return Optional.ofNullable(event.getOutcomeDesc())
                .map(DENIAL::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }

    /** PostgreSQL's texts hold any character but one. */
    private static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }
}
