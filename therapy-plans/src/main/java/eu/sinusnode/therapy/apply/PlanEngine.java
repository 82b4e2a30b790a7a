package eu.sinusnode.therapy.apply;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.Adaptation.Included;
import eu.sinusnode.therapy.apply.Adaptation.LeftOut;
import eu.sinusnode.therapy.apply.Adaptation.PutOff;
import eu.sinusnode.therapy.apply.Adaptation.Question;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition.ActivityDefinitionKind;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionGoalComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionGoalTargetComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * PlanDefinition {@code $apply}, for the part of it that programmes here use: nested actions, conditions of kind
 * applicability and start in FHIRPath over {@link NamedInput}s, goals, and ActivityDefinitions that become ServiceRequests,
 * Tasks, proposed Appointments and medicines, and rules of the plan. The same definitions, facts and order give the same plan.
 *
 * <p>Source: HL7 FHIR R4, PlanDefinition, section 12.18.4.
 */
public final class PlanEngine {

    private static final String MEDICATION_KNOWN = "medication-known";
    private static final CodeableConcept CARE_PLAN = new CodeableConcept(new Coding(Codes.SNOMED, "734163000", null));

    private final FhirContext context;

    public PlanEngine(FhirContext context) {
        this.context = context;
    }

    /** @throws ProgrammeException when the programme is not understood or not made for the patient */
    public AppliedPlan apply(Programme programme, PatientFacts facts, PlanOrder order) {
        ProposalRules.demand(programme);
        Adaptation adaptation = new Adaptation(programme, new Conditions(context, facts));
        Schedule schedule = Schedule.of(programme.plan(), order.start());
        PlanParts parts = new PlanParts(order);
        CarePlan plan = plan(programme, facts, order, schedule);
        adaptation.sources().stream()
                .filter(source -> source.startsWith("Condition/"))
                .forEach(source -> plan.addAddresses(new Reference(source)));
        goals(programme, adaptation, facts, order, schedule)
                .forEach((id, goal) -> plan.addGoal(parts.addGoal("goal-" + id, goal)));
        ActivityMaker maker = new ActivityMaker(facts, order, schedule, parts);
        for (Included included : adaptation.included()) {
            programme.activity(included.action()).ifPresent(definition -> maker.make(included, definition));
        }
        for (Question question : adaptation.questions()) {
            String id = "question-" + question.judgement().name();
            parts.add(id, question(question, id, facts, order, parts));
        }
        if (facts.medication().isEmpty() && mindsMedication(programme, adaptation)) {
            parts.add(
                    MEDICATION_KNOWN,
                    task(
                            facts.medicationWasRead()
                                    ? "No active prescription is in the record. Is everything entered that the patient takes?"
                                    : "Prescriptions could not be read. Is the plan safe with what the patient takes?",
                            MEDICATION_KNOWN,
                            facts,
                            order));
        }
        adaptation.leftOut().forEach(out -> plan.addNote().setText(words(out)));
        adaptation.putOff().forEach(off -> plan.addNote().setText(words(off)));
        parts.activities().forEach(plan::addActivity);
        return new AppliedPlan(order, plan, parts.records());
    }

    private static CarePlan plan(Programme programme, PatientFacts facts, PlanOrder order, Schedule schedule) {
        CarePlan plan = new CarePlan();
        plan.addIdentifier(order.identifier(""));
        plan.addInstantiatesCanonical(programme.canonical());
        plan.setStatus(CarePlanStatus.DRAFT).setIntent(CarePlanIntent.PLAN);
        plan.addCategory(CARE_PLAN.copy());
        plan.setTitle(programme.plan().getTitle());
        plan.setDescription(programme.plan().getDescription());
        plan.setSubject(new Reference(facts.patient()));
        plan.setPeriod(schedule.period());
        plan.setCreated(Date.from(facts.now()));
        plan.setAuthor(new Reference(order.practitioner()));
        if (order.organization() != null) {
            plan.addContributor(new Reference(order.organization()));
        }
        return plan;
    }

    /** Those that an action wants which is in the plan, by their id in the programme. */
    private static Map<String, Goal> goals(
            Programme programme, Adaptation adaptation, PatientFacts facts, PlanOrder order, Schedule schedule) {
        List<String> wanted = adaptation.included().stream()
                .flatMap(included -> included.action().getGoalId().stream())
                .map(id -> id.getValue())
                .distinct()
                .toList();
        return programme.plan().getGoal().stream()
                .filter(goal -> wanted.contains(goal.getId()))
                .collect(Collectors.toMap(
                        PlanDefinitionGoalComponent::getId,
                        goal -> goal(goal, facts, order, schedule),
                        (one, same) -> one,
                        LinkedHashMap::new));
    }

    private static Goal goal(
            PlanDefinitionGoalComponent defined, PatientFacts facts, PlanOrder order, Schedule schedule) {
        Goal goal = new Goal();
        goal.addIdentifier(order.identifier("goal-" + defined.getId()));
        goal.setLifecycleStatus(GoalLifecycleStatus.PROPOSED);
        goal.setDescription(defined.getDescription());
        goal.setSubject(new Reference(facts.patient()));
        goal.setStart(schedule.firstDay());
        goal.setExpressedBy(new Reference(order.practitioner()));
        defined.getDocumentation().forEach(source -> goal.addNote().setText(words(source)));
        for (PlanDefinitionGoalTargetComponent target : defined.getTarget()) {
            GoalTargetComponent own = goal.addTarget().setMeasure(target.getMeasure());
            own.setDetail(target.getDetail());
            if (target.hasDue()) {
                own.setDue(schedule.due(target.getDue()));
            }
        }
        return goal;
    }

    /** What a goal rests on: a guideline with its address, or whose number it is. */
    private static String words(RelatedArtifact source) {
        return Stream.of(source.getDisplay(), source.getCitation(), source.getUrl())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" ", "Source: ", ""));
    }

    private static Task question(Question question, String id, PatientFacts facts, PlanOrder order, PlanParts parts) {
        String concerns = question.concerns().stream()
                .map(PlanDefinitionActionComponent::getTitle)
                .distinct()
                .collect(Collectors.joining(", "));
        Task task = task(
                "%s? Not known: %s. It concerns: %s."
                        .formatted(
                                question.judgement().asks(),
                                question.judgement().because(),
                                concerns),
                id,
                facts,
                order);
        question.concerns().stream()
                .flatMap(action -> parts.of(String.valueOf(action.getId())).stream())
                .forEach(part -> task.addInput()
                        .setType(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_QUESTION, null)))
                        .setValue(part));
        return task;
    }

    private static Task task(String asks, String id, PatientFacts facts, PlanOrder order) {
        Task task = new Task();
        task.addIdentifier(order.identifier(id));
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.PLAN);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_QUESTION, null)));
        task.setDescription(asks);
        task.setFor(new Reference(facts.patient()));
        task.setAuthoredOn(Date.from(facts.now()));
        task.setRequester(new Reference(order.practitioner()));
        return task;
    }

    private static boolean mindsMedication(Programme programme, Adaptation adaptation) {
        return adaptation.included().stream()
                .map(Included::action)
                .filter(action -> !programme.proposesMedicine(action))
                .flatMap(action -> programme.activity(action).stream())
                .anyMatch(activity -> activity.getKind() == ActivityDefinitionKind.MEDICATIONREQUEST);
    }

    /** What is suspected is told by the question, which not everybody reads who reads the plan. */
    private static String words(PutOff off) {
        return "%s: not proposed, since this is not known, and asked about: %s."
                .formatted(
                        off.action().getTitle(),
                        off.open().stream().map(Judgement::asks).collect(Collectors.joining("; ")));
    }

    private static String words(LeftOut out) {
        return "%s: left out, since this does not hold: %s."
                .formatted(
                        out.action().getTitle(),
                        out.because().stream()
                                .map(judgement -> judgement.asks() + " (" + judgement.because() + ")")
                                .collect(Collectors.joining("; ")));
    }
}
