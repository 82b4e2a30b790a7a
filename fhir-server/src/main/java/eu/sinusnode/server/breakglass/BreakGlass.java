package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.breakglass.BreakGlassPolicy;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.validation.PatientLinks;
import eu.sinusnode.server.notice.NoticeWords;
import eu.sinusnode.server.notice.NoticeWords.Word;
import eu.sinusnode.server.notice.PatientNotices;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** Decides on an opening and carries it out, inside of the transaction that is running. */
class BreakGlass {

    private final BreakGlassPolicy policy;
    private final BreakGlassTable table;
    private final StoredRecords stored;
    private final PatientNotices notices;
    private final NoticeWords words = new NoticeWords(BreakGlass.class);
    private final Duration duration;

    BreakGlass(
            BreakGlassPolicy policy,
            BreakGlassTable table,
            StoredRecords stored,
            PatientNotices notices,
            Duration duration) {
        this.policy = policy;
        this.table = table;
        this.stored = stored;
        this.notices = notices;
        this.duration = duration;
    }

    /** @param told what the patient was told; null when it had been opened before, and nothing was done */
    record Done(Opening opening, @Nullable AuditedRecord told) {}

    /** What is open already stays as it is: sent again, a request makes it no longer. */
    Done open(Caller caller, String patientId, BreakGlassRequest.Open asked, Instant now, RequestDetails request) {
        BreakGlassTable.Person person =
                BreakGlassTable.Person.of(caller).orElseThrow(() -> unknown(patientId, request));
        Optional<UUID> id = ResourceIds.parse(patientId);
        table.lock(person);
        Opening open = table.of(Set.of(patientId), caller, now).get(patientId);
        if (open != null) {
            return new Done(open, null);
        }
        boolean used = id.isPresent() && table.isUsed(person, id.get(), caller.tokenId());
        refuse(policy.decideAnother(table.counted(person, now), used), patientId, request);
        Patient patient = id.filter(known -> !table.isRestricted(known))
                .flatMap(known -> stored.current("Patient", patientId))
                .map(Patient.class::cast)
                .orElseThrow(() -> unknown(patientId, request));
        if (PatientLinks.isReplaced(patient)) {
            refuse(
                    new Decision.Deny(DenialCode.REPLACED, "the patient's record was merged into another one"),
                    patientId,
                    request);
        }
        Instant from = now.truncatedTo(ChronoUnit.MILLIS);
        Opening opening =
                new Opening(UUID.randomUUID().toString(), patientId, asked.reason(), from, from.plus(duration));
        table.put(opening, person, caller.tokenId(), asked.words());
        AuditedRecord told = notices.tell(
                patientId,
                Objects.requireNonNull(caller.organizationId()),
                from,
                words.say("notice", from, opening.until(), new Word("reason." + opening.reason()), asked.words()));
        return new Done(opening, told);
    }

    /** Whether something was open. */
    boolean end(Caller caller, String patientId, Instant now) {
        Optional<UUID> patient = ResourceIds.parse(patientId);
        return BreakGlassTable.Person.of(caller)
                .filter(person -> patient.isPresent() && table.end(person, patient.get(), now) > 0)
                .isPresent();
    }

    void refuse(Decision decision, String patientId, RequestDetails request) {
        if (decision instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, patientId);
        }
    }

    private static RuntimeException unknown(String patientId, RequestDetails request) {
        Decision.Deny deny = new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored");
        DenialLedger.note(request, deny, null);
        return Denials.exception(deny, "Patient/" + patientId);
    }
}
