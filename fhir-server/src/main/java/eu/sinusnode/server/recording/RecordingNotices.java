package eu.sinusnode.server.recording;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.consent.Withdrawal;
import eu.sinusnode.server.notice.NoticeWords;
import eu.sinusnode.server.notice.PatientNotices;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what was signed on paper, and tells the patient, in the transaction that stores it: that a Consent was
 * recorded, that its recorder has ended it, what a signed withdrawal has ended. Who has signed nothing can undo it at once.
 */
@Interceptor
public final class RecordingNotices {

    private final PatientNotices notices;
    private final PaperWithdrawals withdrawals;
    private final Clock clock;
    private final NoticeWords words = new NoticeWords(RecordingNotices.class);

    RecordingNotices(PatientNotices notices, PaperWithdrawals withdrawals, Clock clock) {
        this.notices = notices;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void recorded(IBaseResource resource, @Nullable RequestDetails request) {
        Optional<Caller> recorder = recorder(request);
        if (recorder.isEmpty() || !(resource instanceof Consent consent)) {
            return;
        }
        if (Withdrawal.isOne(consent)) {
            List<AuditedRecord> changed = withdrawals.carryOut(consent, organization(recorder.get()));
            if (!changed.isEmpty()) {
                DisclosureLedger.note(Objects.requireNonNull(request), AuditedInteraction.UPDATE, null, changed);
            }
            tell("withdrawn", consent, request, recorder.get(), changed.size());
        } else {
            tell("recorded", consent, request, recorder.get(), 1);
        }
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void ended(IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        Optional<Caller> recorder = recorder(request);
        if (recorder.isPresent() && resource instanceof Consent consent) {
            tell("ended", consent, request, recorder.get(), 1);
        }
    }

    private static Optional<Caller> recorder(@Nullable RequestDetails request) {
        return Optional.ofNullable(request)
                .flatMap(CurrentCaller::find)
                .filter(caller -> caller.kind() == CallerKind.CONSENT_RECORDER);
    }

    private static String organization(Caller recorder) {
        return Objects.requireNonNull(recorder.organizationId());
    }

    /** @param consents how many Consents changed */
    private void tell(String what, Consent consent, @Nullable RequestDetails request, Caller recorder, int consents) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AuditedRecord told = notices.tell(
                consent.getPatient().getReferenceElement().getIdPart(),
                organization(recorder),
                now,
                words.say(what, now, consent.getDateTime().toInstant(), consents));
        DisclosureLedger.note(Objects.requireNonNull(request), AuditedInteraction.CREATE, null, List.of(told));
    }
}
