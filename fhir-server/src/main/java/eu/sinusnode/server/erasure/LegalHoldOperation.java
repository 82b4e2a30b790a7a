package eu.sinusnode.server.erasure;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** {@code Patient/[id]/$legal-hold}: while it holds, the person is not erased (Art. 17(3) GDPR). It changes nobody's access. */
public final class LegalHoldOperation {

    static final String NAME = "$legal-hold";
    private static final Set<String> PARAMETERS = Set.of("ground", "until", "lifted");

    private final IHapiTransactionService transactions;
    private final PatientRows rows;
    private final LegalHolds holds;
    private final RequestScope scope;
    private final Clock clock;

    LegalHoldOperation(
            IHapiTransactionService transactions, PatientRows rows, LegalHolds holds, RequestScope scope, Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.holds = holds;
        this.scope = scope;
        this.clock = clock;
    }

    private record Hold(HoldGround ground, @Nullable Instant until) {}

    @Operation(name = NAME, type = Patient.class)
    public OperationOutcome hold(@IdParam IdType patient, RequestDetails request) {
        String patientId = patient.getIdPart();
        RightsRequest asked =
                RightsRequest.read(request.getResource(), patientId, PARAMETERS, scope.references(request));
        Instant now = clock.instant();
        Hold hold = asked.isTrue("lifted") ? lifted(asked) : hold(asked, now);
        transactions.withRequest(request).execute(() -> store(patientId, hold, now, request));
        DisclosureLedger.permittedBy(
                request,
                hold == null
                        ? "legal hold lifted"
                        : "legal hold: " + hold.ground().code());
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patientId, "Patient", patientId, null)));
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(
                        hold == null
                                ? "The legal hold is lifted."
                                : "The legal hold is set: the patient is not erased while it holds.");
        return outcome;
    }

    private static @Nullable Hold lifted(RightsRequest asked) {
        if (asked.code("ground") != null || asked.day("until") != null) {
            throw RightsRequest.malformed("what is lifted has no ground and no until");
        }
        return null;
    }

    private static Hold hold(RightsRequest asked, Instant now) {
        HoldGround ground = HoldGround.of(asked.requiredCode("ground"));
        LocalDate day = asked.day("until");
        Instant until = day == null ? null : day.atStartOfDay(Zone.OF_DATES).toInstant();
        if (until != null && !until.isAfter(now)) {
            throw RightsRequest.malformed("until lies ahead");
        }
        return new Hold(ground, until);
    }

    private boolean store(String patientId, @Nullable Hold hold, Instant now, RequestDetails request) {
        Optional<UUID> id = ResourceIds.parse(patientId);
        Set<UUID> person = id.isEmpty() ? Set.of() : rows.lock(id.get());
        if (person == null || person.isEmpty()) {
            throw Unknown.patient(patientId, request);
        }
        if (hold == null) {
            holds.lift(id.orElseThrow());
        } else {
            holds.put(id.orElseThrow(), hold.ground(), now, hold.until());
        }
        return true;
    }
}
