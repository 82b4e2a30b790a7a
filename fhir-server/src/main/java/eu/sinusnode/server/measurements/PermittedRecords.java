package eu.sinusnode.server.measurements;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.narrowing.Extent;
import eu.sinusnode.policy.narrowing.Question;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;

/**
 * Which of one patient's Observations a caller may have, by the policies that decide its searches. It is decided for the
 * patient first: of who may not be seen nothing is looked at, as of somebody unknown. When what the caller may have has
 * limits, each Observation is decided by itself.
 */
final class PermittedRecords {

    private static final String TYPE = "Observation";

    private final FhirContext context;
    private final StoredRecords stored;
    private final RecordVisibility visibility;
    private final BulkDisclosure disclosure;
    private final RequestScope scope;

    PermittedRecords(
            FhirContext context,
            StoredRecords stored,
            RecordVisibility visibility,
            BulkDisclosure disclosure,
            RequestScope scope) {
        this.context = context;
        this.stored = stored;
        this.visibility = visibility;
        this.disclosure = disclosure;
        this.scope = scope;
    }

    /** Notes for the audit that the patient's measurements were asked for, or why they were refused. */
    Of of(String patientId, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        Extent extent = visibility.extent(new Question(
                caller,
                Interaction.SEARCH,
                TYPE,
                scope.standings(request).of(patientId),
                scope.standings(request).at()));
        if (extent instanceof Extent.Nothing nothing) {
            DenialLedger.note(request, nothing.deny(), patientId);
        } else {
            // That nothing was found of a patient is told to the caller, too.
            DisclosureLedger.note(
                    request,
                    AuditedInteraction.OPERATION,
                    null,
                    List.of(new AuditedRecord(patientId, TYPE, null, null)));
        }
        return new Of(patientId, caller, extent, request);
    }

    /** What the caller may have of one patient. For one request. */
    final class Of {

        private final String patientId;
        private final Caller caller;
        private final Extent extent;
        private final RequestDetails request;
        private final RecordModel model = new RecordModel(context, stored);

        private Of(String patientId, Caller caller, Extent extent, RequestDetails request) {
            this.patientId = patientId;
            this.caller = caller;
            this.extent = extent;
            this.request = request;
        }

        boolean isNothing() {
            return extent instanceof Extent.Nothing;
        }

        /** Whether every one is permitted, but for those that {@link #signedOnly} leaves out. */
        boolean isEverything() {
            return extent instanceof Extent.Everything;
        }

        boolean signedOnly() {
            return visibility.seesSignedOnly(caller.kind());
        }

        /** The record if it is there and permitted. */
        Optional<Observation> permitted(StoredRecord record) {
            return model.resource(record)
                    .filter(Observation.class::isInstance)
                    .map(Observation.class::cast)
                    .filter(this::isGiven);
        }

        private boolean isGiven(Observation observation) {
            Decision decision = disclosure.decide(
                    caller,
                    new RecordFactsReader(scope.references(request)).read(observation),
                    scope.standings(request));
            if (decision instanceof Decision.Deny deny) {
                DenialLedger.note(request, deny, patientId);
                return false;
            }
            return true;
        }
    }
}
