package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.server.batch.EntryAnswer;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.therapy.apply.AppliedPlan;
import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.apply.PlanEngine;
import eu.sinusnode.therapy.apply.PlanOrder;
import eu.sinusnode.therapy.apply.Programme;
import eu.sinusnode.therapy.apply.ProgrammeException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.jspecify.annotations.Nullable;

/**
 * {@code PlanDefinition/[id]/$apply} and {@code PlanDefinition/$apply}: a draft of a therapy plan out of a programme, for
 * one patient. It is read and stored as the clinician's own requests, all of it or nothing. Asked again while the patient
 * has an open plan of the programme, it answers with that plan.
 */
public final class ApplyOperation {

    static final String NAME = "$apply";
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final InnerRequests requests;
    private final FhirContext context;
    private final PartlyFoundTypes partlyFound;
    private final PlanEngine engine;
    private final Clock clock;

    public ApplyOperation(InnerRequests requests, FhirContext context, PartlyFoundTypes partlyFound, Clock clock) {
        this.requests = requests;
        this.context = context;
        this.partlyFound = partlyFound;
        this.engine = new PlanEngine(context);
        this.clock = clock;
    }

    @Operation(name = NAME, type = PlanDefinition.class)
    public CarePlan apply(@IdParam(optional = true) @Nullable IdType id, ServletRequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        ApplyRequest asked = ApplyRequest.read(request.getResource(), id != null, caller);
        OwnRequests own = new OwnRequests(requests, context, request);
        Patient patient = own.read(Patient.class, "Patient/" + asked.patient());
        CarePlan plan;
        try {
            ProgrammeReader programmes = new ProgrammeReader(own);
            Programme programme = id != null
                    ? programmes.byId(id.getIdPart())
                    : programmes.byCanonical(Objects.requireNonNull(asked.canonical()));
            plan = planned(programme, patient, request, own);
        } catch (ProgrammeException e) {
            throw Denials.problem(
                    e.reason() == ProgrammeException.Reason.NOT_APPLICABLE
                            ? RequestProblem.PLAN_NOT_APPLICABLE
                            : RequestProblem.PLAN_PROGRAMME,
                    String.valueOf(e.getMessage()));
        }
        DisclosureLedger.permittedBy(request, "therapy plan: applied");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(
                        asked.patient(),
                        "CarePlan",
                        plan.getIdElement().getIdPart(),
                        plan.getIdElement().getVersionIdPart())));
        return plan;
    }

    private CarePlan planned(Programme programme, Patient patient, ServletRequestDetails request, OwnRequests own) {
        Caller caller = CurrentCaller.require(request);
        String id = patient.getIdElement().getIdPart();
        String url = programme.plan().getUrl();
        boolean found = partlyFound.among(Set.of("CarePlan"), id, request).isEmpty();
        PatientPlans before = PatientPlans.of(id, url, own, found);
        if (before.open().isPresent()) {
            return before.open().get();
        }
        Instant now = clock.instant();
        PlanOrder order = new PlanOrder(
                PlanOrder.key(url, "Patient/" + id, before.ofProgramme().size()),
                Objects.requireNonNull(caller.fhirUser()),
                caller.organizationId() == null ? null : "Organization/" + caller.organizationId(),
                now.atZone(Zone.OF_DATES).toLocalDate());
        RecordReader record = new RecordReader(own, partlyFound.among(RecordReader.TYPES, id, request));
        AppliedPlan plan = engine.apply(programme, FactReader.read(record.read(patient, now), now), order);
        EntryAnswer stored = own.transaction(plan.transaction());
        if (stored.status() == CONFLICT || stored.status() == PRECONDITION_FAILED) {
            // Somebody has applied it at the same moment: what is stored then is the plan.
            return PatientPlans.of(id, url, own, found).open().orElseThrow(() -> own.refused(stored));
        }
        if (stored.status() >= 300) {
            throw own.refused(stored);
        }
        String location = own.parsed(Bundle.class, stored)
                .getEntryFirstRep()
                .getResponse()
                .getLocation();
        return own.read(CarePlan.class, "CarePlan/" + new IdType(location).getIdPart());
    }
}
