package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.validation.TherapyPlanPolicy;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.therapy.check.Finding;
import eu.sinusnode.therapy.check.PlanChange;
import eu.sinusnode.therapy.check.PlanReview;
import eu.sinusnode.therapy.check.PlanRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Looks over what a write makes of plans that hold: by the rules of {@code CarePlan/[id]/$activate}, with what is known of the
 * patient now, as the caller may read it. What the write adds to what does not meet a rule is refused, or told in a note of the
 * record that is written; what was so before stays as it is, so that a plan can be put right step by step. The same package twice
 * is only told here: a repeat prescription comes while the one before is open, and nobody loses it for that.
 */
@Interceptor
public final class PlanChangeInterceptor {

    private final InnerRequests requests;
    private final FhirContext context;
    private final HeldPlans held;
    private final PartlyFoundTypes partlyFound;
    private final ShownPlans shown;
    private final PlanReview review;
    private final Clock clock;

    public PlanChangeInterceptor(
            InnerRequests requests,
            FhirContext context,
            HeldPlans held,
            PartlyFoundTypes partlyFound,
            ShownPlans shown,
            Clock clock) {
        this.requests = requests;
        this.context = context;
        this.held = held;
        this.partlyFound = partlyFound;
        this.shown = shown;
        this.review = new PlanReview(context);
        this.clock = clock;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.PLANS)
    public void look(RequestDetails request) {
        List<RequestedWrite> writes = RequestedWrites.of(request).stream()
                .filter(write -> subject(write.resource()).isPresent())
                .toList();
        if (writes.isEmpty()
                || !(request instanceof ServletRequestDetails servlet)
                || servlet.getServletRequest().getAttribute(TherapyPlanPolicy.REVIEWED) != null
                || CurrentCaller.require(request).kind() == CallerKind.ADMINISTRATOR) {
            return;
        }
        Set<String> patients = new LinkedHashSet<>();
        writes.forEach(write -> subject(write.resource()).ifPresent(patients::add));
        OwnRequests own = new OwnRequests(requests, context, servlet);
        // All that the request writes may be named by a plan: Appointments, Tasks and Medications, too.
        RecordsToBe written = RecordsToBe.of(RequestedWrites.of(request), new ReadOnce(own));
        List<Finding> findings = new ArrayList<>();
        PlanRemarks remarks = new PlanRemarks(clock.instant());
        for (String patient : patients) {
            List<Finding> its = findings(patient, written, own, request);
            findings.addAll(its);
            remarks.add(
                    writes.stream()
                            .filter(write -> subject(write.resource())
                                    .filter(patient::equals)
                                    .isPresent())
                            .toList(),
                    its);
        }
        if (findings.stream().anyMatch(PlanChangeInterceptor::isRefused)) {
            throw Denials.unprocessable(findings.stream().map(PlanIssues::of).toList());
        }
        remarks.keep(request);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        PlanRemarks.write(request, resource);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        PlanRemarks.write(request, resource);
    }

    private static boolean isRefused(Finding finding) {
        return finding.rule().refuses() && finding.rule() != PlanRule.SAME_PACKAGE_TWICE;
    }

    /** What the plans of a patient that hold do not meet after the write, and did meet before. */
    private List<Finding> findings(String patient, RecordsToBe written, OwnRequests own, RequestDetails request) {
        List<CarePlan> before = new ArrayList<>();
        for (CarePlan plan : held.of(patient)) {
            readable(plan, written, own, request).ifPresent(before::add);
        }
        boolean holdsThen = written.all(CarePlan.class).anyMatch(plan -> isOf(patient, plan) && holds(plan));
        if (before.isEmpty() && !holdsThen) {
            return List.of();
        }
        PatientTherapy was = therapy(patient, before, written, own, request);
        PatientTherapy then = was.with(written);
        Set<Finding> added = new LinkedHashSet<>();
        then.active().forEach((path, plan) -> {
            if (concerns(patient, plan, written)) {
                CarePlan same = was.active().get(path);
                added.addAll(
                        new PlanChange(same == null ? List.of() : findings(same, was), findings(plan, then)).added());
            }
        });
        return List.copyOf(added);
    }

    private PatientTherapy therapy(
            String patient, List<CarePlan> active, RecordsToBe written, OwnRequests own, RequestDetails request) {
        try {
            Set<String> partly = partlyFound.among(RecordReader.TYPES, patient, request);
            return PatientTherapy.read(patient, active, own, written.stored(), partly, clock.instant());
        } catch (ForbiddenOperationException closed) {
            throw unreadable();
        }
    }

    private List<Finding> findings(CarePlan plan, PatientTherapy therapy) {
        try {
            return review.findings(therapy.underReview(plan, PlanRecords.of(plan, therapy.records())));
        } catch (ForbiddenOperationException | ResourceNotFoundException | ResourceGoneException closed) {
            throw unreadable();
        }
    }

    /** What is written, or is prescribed beside, may make a plan another one. */
    private static boolean concerns(String patient, CarePlan plan, RecordsToBe written) {
        return written.paths().contains(PatientTherapy.path(plan))
                || PlanRecords.paths(plan).anyMatch(written.paths()::contains)
                || written.all(MedicationRequest.class).anyMatch(request -> isOf(patient, request));
    }

    private static boolean holds(CarePlan plan) {
        return plan.getStatus() == CarePlan.CarePlanStatus.ACTIVE;
    }

    private static boolean isOf(String patient, Resource record) {
        return subject(record).filter(patient::equals).isPresent();
    }

    /**
     * Empty of a plan that is hidden from the caller, of which nobody can be told. Where the token alone has no scope for it, a
     * write of a part of it is refused; whether it is the token alone is decided as if it had one, so that no token tells more by
     * what it lacks.
     */
    private Optional<CarePlan> readable(CarePlan plan, RecordsToBe written, OwnRequests own, RequestDetails request) {
        String path = PatientTherapy.path(plan);
        try {
            return Optional.of(own.read(CarePlan.class, path));
        } catch (ResourceNotFoundException | ResourceGoneException hidden) {
            return Optional.empty();
        } catch (ForbiddenOperationException closed) {
            boolean isPart =
                    written.paths().contains(path) || PlanRecords.paths(plan).anyMatch(written.paths()::contains);
            if (isPart && shown.isShown(plan, request)) {
                throw unreadable();
            }
            return Optional.empty();
        }
    }

    private static RuntimeException unreadable() {
        return Denials.unprocessable(List.of(PlanIssues.of(new Finding(
                PlanRule.PART_MISSING,
                "CarePlan",
                "a plan that holds is changed, and what it is looked over with cannot be read"))));
    }

    /** Of the types that a plan is looked over for: id of the Patient. */
    private static Optional<String> subject(Resource record) {
        Reference subject = null;
        if (record instanceof CarePlan plan) {
            subject = plan.getSubject();
        } else if (record instanceof Goal goal) {
            subject = goal.getSubject();
        } else if (record instanceof ServiceRequest service) {
            subject = service.getSubject();
        } else if (record instanceof MedicationRequest medicine) {
            subject = medicine.getSubject();
        }
        return ResourceIds.referenced(subject, "Patient");
    }
}
