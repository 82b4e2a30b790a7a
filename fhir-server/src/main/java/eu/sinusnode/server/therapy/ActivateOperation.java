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
import eu.sinusnode.therapy.check.Finding;
import eu.sinusnode.therapy.check.PlanReview;
import eu.sinusnode.therapy.check.PlanUnderReview;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.IdType;

/**
 * {@code CarePlan/[id]/$activate}: a clinician who has looked at a draft lets it hold. The plan is looked over first, with
 * what is known of the patient now; a plan that does not meet a rule is refused with every rule that it does not meet.
 */
public final class ActivateOperation {

    static final String NAME = "$activate";

    /** More than any patient is treated by. */
    private static final int MOST_PLANS = 50;

    private final InnerRequests requests;
    private final FhirContext context;
    private final PlanReview review;
    private final PartlyFoundTypes partlyFound;
    private final Clock clock;

    public ActivateOperation(InnerRequests requests, FhirContext context, PartlyFoundTypes partlyFound, Clock clock) {
        this.requests = requests;
        this.context = context;
        this.review = new PlanReview(context);
        this.partlyFound = partlyFound;
        this.clock = clock;
    }

    @Operation(name = NAME, type = CarePlan.class)
    public CarePlan activate(@IdParam IdType id, ServletRequestDetails request) {
        ActivateRequest asked = ActivateRequest.read(request.getResource());
        Caller caller = CurrentCaller.require(request);
        String clinician = Objects.requireNonNull(caller.fhirUser());
        OwnRequests own = new OwnRequests(requests, context, request);
        String path = "CarePlan/" + id.getIdPart();
        CarePlan plan = own.read(CarePlan.class, path);
        demandDraft(plan, asked);
        Instant now = clock.instant();
        PlanRecords records = PlanRecords.of(plan, own);
        List<Finding> findings = review.findings(underReview(plan, records, own, request, now));
        if (findings.stream().anyMatch(finding -> finding.rule().refuses())) {
            throw Denials.unprocessable(findings.stream().map(PlanIssues::of).toList());
        }
        List<String> remarks = findings.stream()
                .map(finding -> finding.beside() == null
                        ? finding.element() + ": " + finding.words() + "."
                        : PlanIssues.rule(finding))
                .distinct()
                .toList();
        Activation activation = new Activation(plan, records, clinician, remarks, now);
        EntryAnswer stored = own.reviewed(
                activation.transaction(), activation.release(Objects.requireNonNull(caller.organizationId())));
        if (stored.status() >= 300) {
            throw own.refused(stored);
        }
        CarePlan active = own.read(CarePlan.class, path);
        DisclosureLedger.permittedBy(request, "therapy plan: activated");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(
                        plan.getSubject().getReferenceElement().getIdPart(),
                        "CarePlan",
                        id.getIdPart(),
                        active.getIdElement().getVersionIdPart())));
        return active;
    }

    private static void demandDraft(CarePlan plan, ActivateRequest asked) {
        if (plan.getStatus() != CarePlanStatus.DRAFT) {
            throw Denials.problem(RequestProblem.PLAN_STATE, "the plan is no draft");
        }
        if (!asked.version().equals(plan.getIdElement().getVersionIdPart())) {
            throw Denials.problem(RequestProblem.PLAN_STATE, "the plan has changed since it was looked at");
        }
    }

    private PlanUnderReview underReview(
            CarePlan plan, PlanRecords records, OwnRequests own, ServletRequestDetails request, Instant now) {
        String patient = plan.getSubject().getReferenceElement().getIdPart();
        List<CarePlan> active = own.find(CarePlan.class, "patient=" + patient + "&status=active&_count=" + MOST_PLANS);
        Set<String> partly = partlyFound.among(RecordReader.TYPES, patient, request);
        return PatientTherapy.read(patient, active, own, new ReadOnce(own), partly, now)
                .underReview(plan, records);
    }
}
