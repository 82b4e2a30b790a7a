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
 * Tells the patient, in the transaction that stores it, that a Consent was recorded from paper, or that its recorder has
 * ended it: who has signed nothing can end it at once.
 */
@Interceptor
public final class RecordingNotices {

    private final PatientNotices notices;
    private final Clock clock;
    private final NoticeWords words = new NoticeWords(RecordingNotices.class);

    public RecordingNotices(PatientNotices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void recorded(IBaseResource resource, @Nullable RequestDetails request) {
        tell("recorded", resource, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void ended(IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        tell("ended", resource, request);
    }

    private void tell(String what, IBaseResource resource, @Nullable RequestDetails request) {
        Optional<Caller> recorder = Optional.ofNullable(request)
                .flatMap(CurrentCaller::find)
                .filter(caller -> caller.kind() == CallerKind.CONSENT_RECORDER);
        if (recorder.isEmpty() || !(resource instanceof Consent consent)) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AuditedRecord told = notices.tell(
                consent.getPatient().getReferenceElement().getIdPart(),
                Objects.requireNonNull(recorder.get().organizationId()),
                now,
                words.say(what, now, consent.getDateTime().toInstant()));
        DisclosureLedger.note(Objects.requireNonNull(request), AuditedInteraction.CREATE, null, List.of(told));
    }
}
