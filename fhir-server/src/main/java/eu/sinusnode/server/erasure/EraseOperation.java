package eu.sinusnode.server.erasure;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.util.MemoryCacheService;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import eu.sinusnode.server.export.PatientExports;
import eu.sinusnode.server.fulltext.follow.IndexFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code Patient/[id]/$erase} (Art. 17 GDPR): the person's record goes from the database in one transaction; then from what
 * is made of it. What comes after the commit is done again when it is asked for again.
 */
public final class EraseOperation {

    static final String NAME = "$erase";
    private static final Duration INDEX_PATIENCE = Duration.ofSeconds(20);

    private final IHapiTransactionService transactions;
    private final Erasure erasure;
    private final StoredSoFar audit;
    private final IndexFollower index;
    private final PatientExports exports;
    private final RightsList list;
    private final ErasureMarks marks;
    private final MemoryCacheService cache;
    private final RequestScope scope;
    private final Clock clock;

    EraseOperation(
            IHapiTransactionService transactions,
            Erasure erasure,
            StoredSoFar audit,
            IndexFollower index,
            PatientExports exports,
            RightsList list,
            ErasureMarks marks,
            MemoryCacheService cache,
            RequestScope scope,
            Clock clock) {
        this.transactions = transactions;
        this.erasure = erasure;
        this.audit = audit;
        this.index = index;
        this.exports = exports;
        this.list = list;
        this.marks = marks;
        this.cache = cache;
        this.scope = scope;
        this.clock = clock;
    }

    @Operation(name = NAME, type = Patient.class)
    public Parameters erase(@IdParam IdType patient, RequestDetails request) {
        String patientId = patient.getIdPart();
        RightsRequest asked =
                RightsRequest.read(request.getResource(), patientId, Set.of("reason"), scope.references(request));
        ErasureReason reason = ErasureReason.of(asked.requiredCode("reason"));
        boolean complete = audit.await();
        Instant now = clock.instant();
        PersonErasure.Done done = Objects.requireNonNull(
                transactions.withRequest(request).execute(() -> erasure.carryOut(patientId, now, request)));
        writeDown(patientId, done, now);
        cache.invalidateAllCaches();
        exports.remove(done.exports());
        boolean indexed = index.await(INDEX_PATIENCE);
        DisclosureLedger.permittedBy(request, "erasure: " + reason.code());
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patientId, "Patient", patientId, null)));
        return answer(done, indexed, complete);
    }

    /** After the commit, so that nobody is on the list who is still there. */
    private void writeDown(String patientId, PersonErasure.Done done, Instant now) {
        Set<String> patients = new TreeSet<>(done.patients());
        patients.add(patientId);
        patients.forEach(patient -> list.erased(marks.current("Patient/" + patient), now));
    }

    private static Parameters answer(PersonErasure.Done done, boolean indexed, boolean complete) {
        Parameters answer = new Parameters();
        done.patients().forEach(id -> answer.addParameter("patient", new Reference("Patient/" + id)));
        answer.addParameter("records", new IntegerType(Math.toIntExact(done.records())));
        done.accounts().forEach(account -> answer.addParameter("account", new StringType(account)));
        done.recipients().forEach((id, last) -> {
            ParametersParameterComponent recipient = answer.addParameter().setName("recipient");
            recipient.addPart().setName("organization").setValue(new Reference("Organization/" + id));
            recipient.addPart().setName("last").setValue(new InstantType(Date.from(last)));
        });
        OperationOutcome outcome = new OperationOutcome();
        inform(outcome, done.patients().isEmpty() ? "The patient was erased before." : "The patient is erased.");
        if (!indexed) {
            inform(outcome, "The full-text index of this node has not followed yet; it does so as soon as it can.");
        }
        if (!done.accounts().isEmpty()) {
            inform(
                    outcome,
                    "The login server still has the accounts that are named here; the operator deletes them there.");
        }
        if (!done.recipients().isEmpty()) {
            inform(outcome, "Something of the record was disclosed to the recipients that are named here: tell them.");
        }
        if (!complete) {
            inform(outcome, "Who was given something in the last seconds may be missing among the recipients.");
        }
        answer.addParameter().setName("outcome").setResource(outcome);
        return answer;
    }

    private static void inform(OperationOutcome outcome, String what) {
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(what);
    }
}
