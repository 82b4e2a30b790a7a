package eu.sinusnode.server.erasure;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import eu.sinusnode.server.audit.store.Recipients;
import eu.sinusnode.server.notice.NoticeWords;
import eu.sinusnode.server.notice.PatientNotices;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * {@code Patient/[id]/$restrict} (Art. 18 GDPR): while it holds, the record is kept and shown to the patient and who
 * represents the patient, and to nobody else. It is lifted in two steps, since the patient is told before.
 */
public final class RestrictOperation {

    static final String NAME = "$restrict";

    /** Between telling the patient and lifting it. */
    static final Duration NOTICE = Duration.ofDays(3);

    private static final Set<String> PARAMETERS = Set.of("ground", "announced", "lifted");

    private final IHapiTransactionService transactions;
    private final PatientRows rows;
    private final Restrictions restrictions;
    private final Recipients recipients;
    private final StoredSoFar audit;
    private final PatientNotices notices;
    private final RightsList list;
    private final ErasureMarks marks;
    private final RequestScope scope;
    private final Clock clock;
    private final NoticeWords words = new NoticeWords(RestrictOperation.class);

    RestrictOperation(
            IHapiTransactionService transactions,
            PatientRows rows,
            Restrictions restrictions,
            Recipients recipients,
            StoredSoFar audit,
            PatientNotices notices,
            RightsList list,
            ErasureMarks marks,
            RequestScope scope,
            Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.restrictions = restrictions;
        this.recipients = recipients;
        this.audit = audit;
        this.notices = notices;
        this.list = list;
        this.marks = marks;
        this.scope = scope;
        this.clock = clock;
    }

    private enum Step {
        SET("The record is restricted: it is kept, and shown to the patient and representatives alone."),
        ANNOUNCED("The patient is told that the restriction will be lifted."),
        LIFTED("The restriction is lifted.");

        private final String outcome;

        Step(String outcome) {
            this.outcome = outcome;
        }
    }

    /** @param ground with {@link Step#SET} alone */
    private record Asked(Step step, @Nullable RestrictionGround ground) {}

    @Operation(name = NAME, type = Patient.class)
    public OperationOutcome restrict(@IdParam IdType patient, RequestDetails request) {
        String patientId = patient.getIdPart();
        Asked asked =
                asked(RightsRequest.read(request.getResource(), patientId, PARAMETERS, scope.references(request)));
        boolean complete = asked.ground() == null || audit.await();
        Done done = Objects.requireNonNull(
                transactions.withRequest(request).execute(() -> carryOut(patientId, asked, request)));
        writeDown(done.person(), asked);
        DisclosureLedger.permittedBy(
                request,
                asked.ground() == null
                        ? "restriction " + asked.step().name().toLowerCase(Locale.ROOT)
                        : "restriction: " + asked.ground().code());
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patientId, "Patient", patientId, null)));
        done.told()
                .ifPresent(notice -> DisclosureLedger.note(request, AuditedInteraction.CREATE, null, List.of(notice)));
        OperationOutcome outcome = new OperationOutcome();
        inform(outcome, asked.step().outcome);
        done.recipients()
                .forEach((id, last) -> inform(
                        outcome,
                        "Something of the record was disclosed to Organization/%s, last at %s: tell it."
                                .formatted(id, last)));
        if (!complete) {
            inform(outcome, "Who was given something in the last seconds may be missing here.");
        }
        return outcome;
    }

    private static void inform(OperationOutcome outcome, String what) {
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(what);
    }

    private static Asked asked(RightsRequest request) {
        String ground = request.code("ground");
        boolean announced = request.isTrue("announced");
        boolean lifted = request.isTrue("lifted");
        if ((ground == null ? 0 : 1) + (announced ? 1 : 0) + (lifted ? 1 : 0) != 1) {
            throw RightsRequest.malformed("it takes one of ground, announced and lifted");
        }
        if (ground != null) {
            return new Asked(Step.SET, RestrictionGround.of(ground));
        }
        return new Asked(announced ? Step.ANNOUNCED : Step.LIFTED, null);
    }

    /** @param recipients with {@link Step#SET} alone: by the Organization's id, when something was last disclosed to it */
    private record Done(Set<UUID> person, Optional<AuditedRecord> told, Map<String, Instant> recipients) {}

    /** After the commit and before the answer, so that a backup of before does not open what was closed. */
    private void writeDown(Set<UUID> person, Asked asked) {
        List<ErasureMarks.Mark> patients = person.stream()
                .map(patient -> marks.current("Patient/" + patient))
                .toList();
        if (asked.ground() != null) {
            list.restricted(patients, asked.ground().code(), clock.instant());
        } else if (asked.step() == Step.LIFTED) {
            list.lifted(patients, clock.instant());
        }
    }

    private Done carryOut(String patientId, Asked asked, RequestDetails request) {
        Optional<UUID> id = ResourceIds.parse(patientId);
        Set<UUID> person = id.isEmpty() ? Set.of() : rows.lock(id.get());
        if (person == null || person.isEmpty()) {
            throw Unknown.patient(patientId, request);
        }
        Optional<AuditedRecord> told = carryOut(patientId, id.orElseThrow(), person, asked, request);
        SortedMap<String, Instant> given = new TreeMap<>();
        if (asked.ground() != null) {
            person.forEach(patient ->
                    recipients.of(patient.toString()).forEach((to, at) -> given.merge(to, at, Recipients::later)));
        }
        return new Done(person, told, given);
    }

    private Optional<AuditedRecord> carryOut(
            String patientId, UUID id, Set<UUID> person, Asked asked, RequestDetails request) {
        Instant now = clock.instant();
        if (asked.ground() != null) {
            boolean before = restrictions.isRestricted(id);
            restrictions.put(person, asked.ground(), now);
            return before ? Optional.empty() : Optional.of(tell(patientId, "restricted", now, request));
        }
        if (!restrictions.isRestricted(id)) {
            return Optional.empty();
        }
        Optional<Instant> announced = restrictions.announced(id);
        if (asked.step() == Step.ANNOUNCED) {
            if (announced.isPresent()) {
                return Optional.empty();
            }
            restrictions.announce(person, now);
            return Optional.of(tell(patientId, "announced", now.plus(NOTICE), request));
        }
        if (announced.isEmpty() || now.isBefore(announced.get().plus(NOTICE))) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(
                            DenialCode.RESTRICTION_NOTICE,
                            announced.isEmpty()
                                    ? "the patient has not been told"
                                    : "the patient was told less than " + NOTICE.toHours() + " hours ago"),
                    patientId);
        }
        restrictions.lift(person);
        return Optional.empty();
    }

    private AuditedRecord tell(String patientId, String key, Instant when, RequestDetails request) {
        String organization =
                Objects.requireNonNull(CurrentCaller.require(request).organizationId());
        return notices.tell(patientId, organization, clock.instant(), words.say(key, when));
    }
}
