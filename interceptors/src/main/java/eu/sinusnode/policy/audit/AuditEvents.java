package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.profiles.Codes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Makes AuditEvents of what was audited, in the shape of IHE BALP 1.1. A success names the BALP profile that it conforms
 * to. BALP's patterns are for successes, so a refusal has the pattern's shape with another outcome. Nothing of a
 * resource's content goes in: ids, codes and the reason of the decision only.
 */
public final class AuditEvents {

    private static final Map<String, DenialCode> DENIALS =
            Arrays.stream(DenialCode.values()).collect(Collectors.toMap(DenialCode::code, Function.identity()));

    /** Who gets records for another purpose than the patient's care. */
    private static final Set<String> OUTSIDE_OF_CARE =
            Set.of(CallerKind.INSURER.claim(), CallerKind.RESEARCHER.claim());

    private final String serverBase;
    private final EventAgents agents;
    private final EventEntities entities;

    /** @param serverBase FHIR base URL of this server: names it as observer and as agent */
    public AuditEvents(String serverBase) {
        this.serverBase = serverBase;
        this.agents = new EventAgents(serverBase);
        this.entities = new EventEntities(serverBase);
    }

    /**
     * One AuditEvent per patient concerned, and one for what concerns nobody; one alone for a bulk answer or file, whose
     * patients stand in {@link AuditEntry#records()}. The same entry gives the same events with the same ids.
     */
    public List<AuditEvent> render(AuditEntry entry) {
        List<String> patients = entry.patients();
        if (patients.isEmpty() || entry.request().interaction().isBulk()) {
            return List.of(event(entry, null, entry.records()));
        }
        List<AuditEvent> events = new ArrayList<>();
        for (String patient : patients) {
            events.add(event(entry, patient, recordsOf(entry, patient)));
        }
        List<AuditedRecord> ofNobody = recordsOf(entry, null);
        if (!ofNobody.isEmpty()) {
            events.add(event(entry, null, ofNobody));
        }
        return events;
    }

    private AuditEvent event(AuditEntry entry, @Nullable String patientId, List<AuditedRecord> records) {
        RequestFacts request = entry.request();
        EventShape shape = shape(entry, patientId);
        AuditEvent event = new AuditEvent();
        event.setId(UUID.nameUUIDFromBytes(
                        (entry.id() + "/" + (patientId == null ? "" : patientId)).getBytes(StandardCharsets.UTF_8))
                .toString());
        event.setType(shape.type());
        subtypes(request, shape).forEach(event::addSubtype);
        event.setAction(shape.action());
        event.setRecordedElement(new InstantType(Date.from(entry.recorded())));
        event.getSource()
                .setObserver(new Reference().setDisplay(serverBase))
                .addType(new Coding(
                        "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"));
        agents.add(event, shape, request, entry.caller());
        entities.add(event, entry, patientId, records);
        conclude(event, entry, shape, patientId != null);
        return event;
    }

    private static EventShape shape(AuditEntry entry, @Nullable String patientId) {
        EventShape shape = EventShape.of(entry.request().interaction());
        // At a login nobody knows the kind of caller.
        boolean outside = entry.caller() != null
                && entry.caller().kind() != null
                && OUTSIDE_OF_CARE.contains(entry.caller().kind());
        boolean gives = shape == EventShape.READ || shape == EventShape.QUERY || shape == EventShape.OPERATION;
        return patientId != null && outside && gives && entry.outcome() instanceof AuditOutcome.Granted
                ? EventShape.DISCLOSURE
                : shape;
    }

    private static List<Coding> subtypes(RequestFacts request, EventShape shape) {
        List<Coding> subtypes = new ArrayList<>();
        switch (request.interaction()) {
            case LOGIN -> subtypes.add(AuditCodes.login());
            case LOGOUT -> subtypes.add(AuditCodes.logout());
            case TOKEN -> subtypes.add(AuditCodes.accessToken());
            case JOB_START -> subtypes.add(AuditCodes.applicationStart());
            case JOB_RUN -> subtypes.add(AuditCodes.applicationStop());
            case MODEL_LIFT -> subtypes.add(AuditCodes.softwareConfiguration());
            default -> subtypes.add(AuditCodes.interaction(request.interaction().code()));
        }
        if (AuditedInteraction.TRANSACTION.code().equals(request.operation())) {
            subtypes.add(AuditCodes.interaction(AuditedInteraction.TRANSACTION.code()));
        }
        if (shape == EventShape.DISCLOSURE || shape == EventShape.EXPORT) {
            subtypes.add(AuditCodes.disclose());
        }
        return subtypes;
    }

    private static void conclude(AuditEvent event, AuditEntry entry, EventShape shape, boolean withPatient) {
        String purpose = entry.caller() == null ? null : entry.caller().purpose();
        boolean emergency = purpose != null && EmergencyReason.ofCode(purpose).isPresent();
        if (purpose != null
                && (emergency || entry.outcome() instanceof AuditOutcome.Granted && shape == EventShape.DISCLOSURE)) {
            event.addPurposeOfEvent(new CodeableConcept(new Coding(Codes.ACT_REASON, purpose, null)));
        }
        if (entry.outcome() instanceof AuditOutcome.Denied denied) {
            DenialCode code = DENIALS.get(denied.code());
            event.setOutcome(outcome(code));
            event.setOutcomeDesc(denied.code() + ": " + denied.reason());
            if (code != null && code.status() != 422) {
                event.addSubtype(AuditCodes.authorizationDecision(code == DenialCode.CONSENT));
            }
            return;
        }
        event.setOutcome(AuditEventOutcome._0);
        event.setOutcomeDesc(((AuditOutcome.Granted) entry.outcome()).rule());
        String profile = shape.profile(withPatient);
        if (profile != null) {
            event.getMeta().addProfile(profile);
        }
    }

    /** A caller who may not do something at all is the graver case; one that asked for what is not its own the lesser. */
    private static AuditEventOutcome outcome(@Nullable DenialCode code) {
        boolean grave = code != null && (code.status() == 401 || code.status() == 403);
        return grave ? AuditEventOutcome._8 : AuditEventOutcome._4;
    }

    private static List<AuditedRecord> recordsOf(AuditEntry entry, @Nullable String patientId) {
        return entry.records().stream()
                .filter(record -> patientId == null ? record.patientId() == null : patientId.equals(record.patientId()))
                .toList();
    }
}
