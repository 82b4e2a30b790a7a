package eu.sinusnode.server.merging;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.PreferHeader;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.narrowing.RequestScope;
import java.util.Objects;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * {@code Patient/$merge} (build.fhir.org/patient-operation-merge.html): the source's records become the target's, and the
 * source says so. All of it happens in one transaction, or nothing. The answer holds no record: who merges reads none.
 */
public final class MergeOperation {

    static final String NAME = "$merge";

    private final IHapiTransactionService transactions;
    private final PatientMerge merge;
    private final RequestScope scope;

    MergeOperation(IHapiTransactionService transactions, PatientMerge merge, RequestScope scope) {
        this.transactions = transactions;
        this.merge = merge;
        this.scope = scope;
    }

    @Operation(name = NAME, type = Patient.class)
    public Parameters merge(RequestDetails request) {
        MergeRequest asked = MergeRequest.read(request.getResource(), scope.references(request));
        PatientMerge.Done done =
                Objects.requireNonNull(transactions.withRequest(request).execute(() -> merge.carryOut(asked, request)));
        DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, done.records());
        Parameters answer = new Parameters();
        if (!wantsLittle(request)) {
            answer.addParameter().setName("input").setResource(echo(asked));
        }
        answer.addParameter().setName("outcome").setResource(outcome(asked, done));
        return answer;
    }

    private static boolean wantsLittle(RequestDetails request) {
        PreferHeader prefer = RestfulServerUtils.parsePreferHeader(null, request.getHeader(Constants.HEADER_PREFER));
        return prefer.getReturn() == PreferReturnEnum.MINIMAL
                || prefer.getReturn() == PreferReturnEnum.OPERATION_OUTCOME;
    }

    /** Without the result: what a Patient says is not told to who may not read it. */
    private static Parameters echo(MergeRequest asked) {
        Parameters input = new Parameters();
        input.addParameter(MergeRequest.SOURCE, new Reference("Patient/" + asked.sourceId()));
        input.addParameter(MergeRequest.TARGET, new Reference("Patient/" + asked.targetId()));
        input.addParameter(MergeRequest.PREVIEW, new BooleanType(asked.preview()));
        return input;
    }

    private static OperationOutcome outcome(MergeRequest asked, PatientMerge.Done done) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(
                        asked.preview()
                                ? "The Patients can be merged, and " + done.moved() + " records would move; nothing was"
                                        + " done."
                                : "The Patients are merged, and " + done.moved() + " records have moved.");
        return outcome;
    }
}
