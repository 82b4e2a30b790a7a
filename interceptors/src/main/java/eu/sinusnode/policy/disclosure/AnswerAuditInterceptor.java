package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.authorization.RequestedChanges;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** Notes for the audit what an answer really holds, after the gate, and what a write has stored. */
@Interceptor
public final class AnswerAuditInterceptor {

    private static final int CREATED = 201;

    private final RequestScope scope;
    private final String serverBase;

    public AnswerAuditInterceptor(RequestScope scope, String serverBase) {
        this.scope = scope;
        this.serverBase = serverBase;
    }

    /** Before the answer is thinned: after that, a record that was found instead of stored is not in it any more. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.NOTE_OF_WRITES)
    public void noteWrites(RequestDetails request, ResponseDetails response) {
        List<RequestedWrite> writes = RequestedWrites.of(request);
        Resource answer = response.getResponseResource() instanceof Resource resource ? resource : null;
        if (writes.isEmpty()) {
            return;
        }
        if (request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION) {
            Bundle bundle = answer instanceof Bundle entries ? entries : new Bundle();
            String within = AuditedInteraction.TRANSACTION.code();
            WrittenRecords.ofTransaction(writes, bundle, scope.references(request))
                    .forEach((done, records) -> DisclosureLedger.note(request, done, within, records));
        } else {
            boolean created = response.getResponseCode() == CREATED;
            WrittenRecords.ofOne(writes.get(0), answer, created, scope.references(request))
                    .forEach((done, records) -> DisclosureLedger.note(request, done, null, records));
        }
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.NOTE_OF_ANSWER)
    public void noteAnswer(RequestDetails request, ResponseDetails response) {
        Optional<Caller> caller = CurrentCaller.find(request);
        if (caller.isEmpty() || !RequestedChanges.of(request).isEmpty()) {
            return;
        }
        if (response.getResponseResource() == null && DisclosureLedger.isRecorded(request)) {
            // An operation that wrote its answer itself has told what it held.
            return;
        }
        List<AuditedRecord> records =
                new AnsweredRecords(new RecordOwners(scope.references(request))).of(response.getResponseResource());
        if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE) {
            addSearched(request, caller.get(), records);
        }
        DisclosureLedger.answered(request, records);
    }

    /** A 304 shows nothing and tells that the record is there and unchanged. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = StepOrder.NOTE_OF_UNCHANGED)
    public void noteUnchanged(RequestDetails request, Throwable fault) {
        if (fault instanceof NotModifiedException && CurrentCaller.find(request).isPresent()) {
            RecordOwners owners = new RecordOwners(scope.references(request));
            scope.references(request)
                    .find(DenialLedger.path(request))
                    .ifPresent(record -> DisclosureLedger.answered(request, new AnsweredRecords(owners).of(record)));
        }
    }

    /** That nothing was found of a patient is told, too; of one who was refused, the refusal is what the audit has. */
    private void addSearched(RequestDetails request, Caller caller, List<AuditedRecord> records) {
        Set<String> searched = new HashSet<>(searched(request));
        // It stands for a condition that nobody meets.
        searched.remove(SearchNarrowing.NOBODY);
        if (searched.isEmpty()
                && caller.patientId() != null
                && SearchedPatients.findsByPatient(request.getResourceName())) {
            searched.add(caller.patientId());
        }
        records.forEach(record -> searched.remove(record.patientId()));
        searched.stream()
                .filter(patient -> !DenialLedger.concerns(request, patient))
                .sorted()
                .forEach(patient -> records.add(new AuditedRecord(patient, request.getResourceName(), null, null)));
    }

    private Set<String> searched(RequestDetails request) {
        return scope.resolved(request)
                .map(search -> SearchedPatients.of(search, serverBase))
                .orElse(Set.of());
    }
}
