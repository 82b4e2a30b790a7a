package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.rest.GivenParameters;
import eu.sinusnode.therapy.reminder.QuietHours;
import eu.sinusnode.therapy.reminder.ReminderSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.TimeType;
import org.jspecify.annotations.Nullable;

/**
 * {@code Patient/[id]/$reminder-settings}: by which clock the patient is reminded, and when not. GET tells it, POST with Parameters
 * {@code zone} (IANA), {@code quietFrom} and {@code quietUntil} says it anew; what is not given stays. For the patient, and for who
 * represents the patient.
 */
public final class ReminderSettingsOperation {

    static final String NAME = "$reminder-settings";

    /** The rest of a day is enough to be reminded in. No source gives it. */
    static final Duration LONGEST_QUIET = Duration.ofHours(16);

    private static final String ZONE = "zone";
    private static final String QUIET_FROM = "quietFrom";
    private static final String QUIET_UNTIL = "quietUntil";

    private final IHapiTransactionService transactions;
    private final ReminderSettingsTable table;
    private final StoredRecords stored;
    private final DisclosureGate gate;

    ReminderSettingsOperation(
            IHapiTransactionService transactions,
            ReminderSettingsTable table,
            StoredRecords stored,
            DisclosureGate gate) {
        this.transactions = transactions;
        this.table = table;
        this.stored = stored;
        this.gate = gate;
    }

    @Operation(name = NAME, type = Patient.class, idempotent = true)
    public Parameters settings(
            @IdParam IdType patient, @ResourceParam @Nullable Parameters body, RequestDetails request) {
        String id = patient.getIdPart();
        if (!id.equals(CurrentCaller.require(request).patientId())) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.COMPARTMENT, "when a patient is reminded is the patient's own"),
                    id);
        }
        // The token alone does not say that a representative still is one.
        stored.current("Patient", id)
                .filter(record -> gate.mayHave(request, record))
                .orElseThrow(() -> Denials.unknown("Patient/" + id));
        UUID of = ResourceIds.require("Patient", id);
        boolean read = request.getRequestType() == RequestTypeEnum.GET;
        ReminderSettings settings = Objects.requireNonNull(
                transactions.withRequest(request).execute(() -> read ? table.of(of) : put(of, body, request)));
        DisclosureLedger.permittedBy(request, read ? "reminder settings" : "reminder settings: changed");
        DisclosureLedger.note(
                request, AuditedInteraction.OPERATION, null, List.of(new AuditedRecord(id, "Patient", id, null)));
        return parameters(settings);
    }

    private ReminderSettings put(UUID patient, @Nullable Parameters body, RequestDetails request) {
        if (!table.lock(patient)) {
            throw Denials.unknown("Patient/" + patient);
        }
        ReminderSettings former = table.of(patient);
        ReminderSettings settings = given(body, former, request);
        if (!settings.equals(former)) {
            table.put(patient, settings);
        }
        return settings;
    }

    private static ReminderSettings given(@Nullable Parameters body, ReminderSettings former, RequestDetails request) {
        GivenParameters given = GivenParameters.of(
                request, body, Set.of(ZONE, QUIET_FROM, QUIET_UNTIL), false, ReminderSettingsOperation::malformed);
        if (given.values().isEmpty()) {
            throw malformed("It takes Parameters with zone, or with quietFrom and quietUntil, or with all three.");
        }
        String zone = given.one(ZONE);
        String from = given.one(QUIET_FROM);
        String until = given.one(QUIET_UNTIL);
        if ((from == null) != (until == null)) {
            throw malformed("quietFrom and quietUntil come together; the same time in both is no quiet hours");
        }
        QuietHours quiet = from == null || until == null
                ? former.quiet()
                : new QuietHours(time(QUIET_FROM, from), time(QUIET_UNTIL, until));
        if (quiet.length().compareTo(LONGEST_QUIET) > 0) {
            throw malformed("Quiet hours last " + LONGEST_QUIET.toHours() + " hours at most.");
        }
        return new ReminderSettings(zone == null ? former.zone() : zone(zone), quiet);
    }

    /** Whose clock changes with the seasons has a name; an offset would be wrong half of the year. */
    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw malformed("zone is a name of the IANA time zone database, as Europe/Lisbon");
        }
        return ZoneId.of(name);
    }

    private static LocalTime time(String parameter, String text) {
        try {
            LocalTime time = LocalTime.parse(text);
            if (time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
                return time;
            }
        } catch (DateTimeException none) {
            throw malformed(parameter + " is a time in whole minutes, as 22:30:00");
        }
        throw malformed(parameter + " is a time in whole minutes, as 22:30:00");
    }

    private static Parameters parameters(ReminderSettings settings) {
        Parameters answer = new Parameters();
        answer.addParameter()
                .setName(ZONE)
                .setValue(new CodeType(settings.zone().getId()));
        answer.addParameter()
                .setName(QUIET_FROM)
                .setValue(new TimeType(settings.quiet().from() + ":00"));
        answer.addParameter()
                .setName(QUIET_UNTIL)
                .setValue(new TimeType(settings.quiet().until() + ":00"));
        return answer;
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.REMINDER_SETTINGS, what);
    }
}
