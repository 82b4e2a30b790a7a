package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.apply.Adaptation.Included;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.ActivityDefinition.ActivityDefinitionKind;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** What an activity of a programme becomes in a plan. */
record ActivityMaker(PatientFacts facts, PlanOrder order, Schedule schedule, PlanParts parts) {

    void make(Included included, ActivityDefinition definition) {
        ActivityDefinitionKind kind = definition.getKind();
        String id = included.action().getId();
        if (included.isStopRule()) {
            stopRule(included, definition, id);
        } else if (kind == ActivityDefinitionKind.SERVICEREQUEST) {
            parts.add(id, service(definition, id));
        } else if (kind == ActivityDefinitionKind.TASK) {
            parts.add(id, task(definition, id, TaskStatus.DRAFT));
        } else if (kind == ActivityDefinitionKind.APPOINTMENT) {
            appointments(definition, id);
        } else if (kind == ActivityDefinitionKind.MEDICATIONREQUEST && definition.hasProduct()) {
            parts.add(id, new ProposalMaker(facts, order).proposal(included.because(), definition, id));
        } else if (kind == ActivityDefinitionKind.MEDICATIONREQUEST) {
            // Nothing is prescribed by a programme: the plan names what is prescribed already.
            facts.medication()
                    .forEach(request ->
                            parts.activity(new CarePlanActivityComponent().setReference(new Reference(request))));
        } else if (kind == ActivityDefinitionKind.NUTRITIONORDER) {
            parts.activity(described(definition, CarePlanActivityKind.NUTRITIONORDER));
        } else {
            throw new ProgrammeException(
                    ProgrammeException.Reason.NOT_UNDERSTOOD,
                    "The activity " + id + " is of a kind that no plan is made of here");
        }
    }

    /** It stands in the plan; if it is met already, a clinician has a Task at once. */
    private void stopRule(Included included, ActivityDefinition definition, String id) {
        parts.activity(described(definition, CarePlanActivityKind.TASK));
        if (included.isMet()) {
            Task alert = task(definition, id, TaskStatus.REQUESTED);
            alert.setPriority(TaskPriority.URGENT);
            alert.setDescription(definition.getDescription() + " Now: "
                    + included.stops().get(0).because() + ".");
            parts.add(id, alert);
        }
    }

    private ServiceRequest service(ActivityDefinition definition, String id) {
        ServiceRequest request = new ServiceRequest();
        request.addIdentifier(order.identifier(id));
        request.addInstantiatesCanonical(canonical(definition));
        request.setStatus(ServiceRequestStatus.DRAFT).setIntent(ServiceRequestIntent.PLAN);
        request.setCategory(definition.getTopic());
        request.setCode(definition.getCode());
        request.setSubject(new Reference(facts.patient()));
        if (definition.hasTimingTiming()) {
            request.setOccurrence(schedule.within(definition.getTimingTiming()));
        }
        request.setAuthoredOn(Date.from(facts.now()));
        request.setRequester(new Reference(order.practitioner()));
        request.setPatientInstruction(definition.getDescription());
        return request;
    }

    private Task task(ActivityDefinition definition, String id, TaskStatus status) {
        Task task = new Task();
        task.addIdentifier(order.identifier(id));
        task.setInstantiatesCanonical(canonical(definition));
        task.setStatus(status).setIntent(TaskIntent.PLAN);
        task.setCode(definition.getCode());
        task.setDescription(definition.getTitle() + ". " + definition.getDescription());
        task.setFor(new Reference(facts.patient()));
        task.setAuthoredOn(Date.from(facts.now()));
        task.setRequester(new Reference(order.practitioner()));
        task.getRestriction().setPeriod(schedule.period());
        definition.getRelatedArtifact().stream()
                .filter(artifact -> artifact.getType() == RelatedArtifactType.DEPENDSON)
                .map(RelatedArtifact::getResourceElement)
                .forEach(questionnaire ->
                        task.addInput().setType(definition.getCode()).setValue(questionnaire.copy()));
        if (definition.hasTimingTiming()) {
            task.addInput().setType(definition.getCode()).setValue(schedule.within(definition.getTimingTiming()));
        }
        return task;
    }

    private void appointments(ActivityDefinition definition, String id) {
        List<Period> occurrences = definition.hasTimingTiming()
                ? schedule.occurrences(definition.getTimingTiming())
                : List.of(schedule.period());
        for (int i = 0; i < occurrences.size(); i++) {
            String part = id + "-" + (i + 1);
            parts.add(part, appointment(definition, part, occurrences.get(i)));
        }
    }

    private Appointment appointment(ActivityDefinition definition, String part, Period within) {
        Appointment appointment = new Appointment();
        appointment.addIdentifier(order.identifier(part));
        appointment.setStatus(AppointmentStatus.PROPOSED);
        appointment.addServiceType(definition.getCode());
        appointment.setDescription(definition.getTitle());
        appointment.setPatientInstruction(definition.getDescription());
        appointment.setCreated(Date.from(facts.now()));
        appointment.addRequestedPeriod(within);
        int minutes = definition.hasTimingTiming()
                ? definition.getTimingTiming().getRepeat().getDuration().intValue()
                : 0;
        if (minutes > 0) {
            appointment.setMinutesDuration(minutes);
        }
        participant(appointment, facts.patient());
        participant(appointment, order.practitioner());
        return appointment;
    }

    private static void participant(Appointment appointment, String actor) {
        appointment
                .addParticipant()
                .setActor(new Reference(actor))
                .setRequired(ParticipantRequired.REQUIRED)
                .setStatus(ParticipationStatus.NEEDSACTION);
    }

    private static CarePlanActivityComponent described(ActivityDefinition definition, CarePlanActivityKind kind) {
        CarePlanActivityComponent activity = new CarePlanActivityComponent();
        activity.getDetail()
                .setKind(kind)
                .setCode(definition.getCode())
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setDescription(definition.getTitle() + ". " + definition.getDescription())
                .addInstantiatesCanonical(canonical(definition));
        return activity;
    }

    static String canonical(ActivityDefinition definition) {
        return definition.getUrl() + "|" + definition.getVersion();
    }
}
