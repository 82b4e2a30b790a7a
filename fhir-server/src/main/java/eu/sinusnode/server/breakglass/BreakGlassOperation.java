package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.audit.EmergencyLedger;
import eu.sinusnode.policy.breakglass.BreakGlassPolicy;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/**
 * {@code POST [base]/Patient/[id]/$break-glass}: a clinician with a second factor opens one patient's record for a short
 * time, for reading, to the own person and organization alone, or closes it again. The opening, all that is read by it and
 * each refusal are audited with its purpose, and the patient is told.
 */
public final class BreakGlassOperation {

    static final String NAME = "$break-glass";

    private final IHapiTransactionService transactions;
    private final BreakGlassPolicy policy;
    private final BreakGlass breakGlass;
    private final Clock clock;

    BreakGlassOperation(
            IHapiTransactionService transactions, BreakGlassPolicy policy, BreakGlass breakGlass, Clock clock) {
        this.transactions = transactions;
        this.policy = policy;
        this.breakGlass = breakGlass;
        this.clock = clock;
    }

    @Operation(name = NAME, type = Patient.class)
    public Parameters open(@IdParam IdType patient, RequestDetails request) {
        String patientId = patient.getIdPart();
        Caller caller = CurrentCaller.require(request);
        BreakGlassRequest asked = BreakGlassRequest.read(request.getResource());
        return asked instanceof BreakGlassRequest.Open open
                ? open(caller, patientId, open, request)
                : end(caller, patientId, request);
    }

    private Parameters open(Caller caller, String patientId, BreakGlassRequest.Open asked, RequestDetails request) {
        EmergencyLedger.note(request, patientId, asked.reason());
        breakGlass.refuse(policy.decideCaller(caller), patientId, request);
        BreakGlass.Done done = Objects.requireNonNull(transactions
                .withRequest(request)
                .execute(() -> breakGlass.open(caller, patientId, asked, clock.instant(), request)));
        note(request, patientId, done.told() == null ? "break-glass: open already" : "break-glass: opened");
        if (done.told() != null) {
            DisclosureLedger.note(request, AuditedInteraction.CREATE, null, List.of(done.told()));
        }
        Parameters answer = new Parameters();
        answer.addParameter("id", new IdType(done.opening().id()));
        answer.addParameter("until", new InstantType(Date.from(done.opening().until())));
        return answer;
    }

    private Parameters end(Caller caller, String patientId, RequestDetails request) {
        boolean ended = Boolean.TRUE.equals(
                transactions.withRequest(request).execute(() -> breakGlass.end(caller, patientId, clock.instant())));
        if (ended) {
            note(request, patientId, "break-glass: closed");
        }
        return EndBreakGlassOperation.answer(ended ? 1 : 0);
    }

    private static void note(RequestDetails request, String patientId, String rule) {
        DisclosureLedger.permittedBy(request, rule);
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patientId, "Patient", patientId, null)));
    }
}
