package eu.sinusnode.server.http;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** A plan of the programme for coronary disease that asks about complaints and mood, and what a patient answers. */
public record PlanQuestions(String name, String patient, String clinic) {

    private static final String DEFINITIONS = Canonicals.BASE + "/ActivityDefinition/";
    private static final String QUESTIONNAIRES = Canonicals.BASE + "/Questionnaire/";

    public String plan() {
        return Records.id(name + "-plan");
    }

    /** With its Tasks, for the loader. */
    public void load(CarePlanStatus status) {
        RunningServer.load(Records.transaction(asks("symptom-check"), asks("mood-check"), plan(status)));
    }

    private String task(String questionnaire) {
        return Records.id(name + "-" + questionnaire);
    }

    private Task asks(String questionnaire) {
        Task task = new Task();
        task.setId(task(questionnaire));
        task.setInstantiatesCanonical(DEFINITIONS + questionnaire + "|1.0.0");
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.PLAN);
        task.setCode(code(Codes.THERAPY_QUESTIONNAIRE)).setDescription("Questions");
        task.setFor(new Reference("Patient/" + patient));
        task.addInput()
                .setType(code(Codes.THERAPY_QUESTIONNAIRE))
                .setValue(new CanonicalType(QUESTIONNAIRES + questionnaire + "|1.0.0"));
        return task;
    }

    private CarePlan plan(CarePlanStatus status) {
        CarePlan plan = new CarePlan();
        plan.setId(plan());
        plan.addInstantiatesCanonical(Canonicals.BASE + "/PlanDefinition/coronary-disease|1.1.0");
        plan.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Coronary disease, 12 weeks");
        plan.setSubject(new Reference("Patient/" + patient));
        plan.addContributor(new Reference("Organization/" + clinic));
        plan.getPeriod().setStartElement(new DateTimeType("2026-01-01"));
        plan.addActivity()
                .getDetail()
                .setKind(CarePlanActivityKind.TASK)
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setCode(code(Codes.THERAPY_ALERT))
                .setDescription("Stop: pain in the chest")
                .addInstantiatesCanonical(DEFINITIONS + "alert-chest-pain|1.0.0");
        for (String questionnaire : new String[] {"symptom-check", "mood-check"}) {
            plan.addActivity().setReference(new Reference("Task/" + task(questionnaire)));
        }
        return plan;
    }

    private static CodeableConcept code(String code) {
        return new CodeableConcept(new Coding(Canonicals.TASK_CODES, code, null));
    }

    private QuestionnaireResponse answers(String questionnaire) {
        QuestionnaireResponse answers = new QuestionnaireResponse();
        answers.setQuestionnaire(QUESTIONNAIRES + questionnaire + "|1.0.0")
                .setStatus(QuestionnaireResponseStatus.COMPLETED)
                .setSubject(new Reference("Patient/" + patient))
                .setAuthoredElement(Records.at(Instant.now()))
                .setAuthor(new Reference("Patient/" + patient));
        return answers;
    }

    /** Yes to these questions of the symptom check, no to the others. */
    public QuestionnaireResponse complaints(String... yes) {
        return complain(answers("symptom-check"), yes);
    }

    /** The same answers, said otherwise. */
    public static QuestionnaireResponse complain(QuestionnaireResponse answers, String... yes) {
        answers.setItem(null);
        for (String question : new String[] {"chest-pain", "breathless", "breathless-at-night", "swelling", "dizzy"}) {
            answers.addItem()
                    .setLinkId(question)
                    .addAnswer()
                    .setValue(new BooleanType(List.of(yes).contains(question)));
        }
        return answers;
    }

    public QuestionnaireResponse mood(String interest, String mood) {
        QuestionnaireResponse answers = answers("mood-check");
        answers.addItem().setLinkId("interest").addAnswer().setValue(new StringType(interest));
        answers.addItem().setLinkId("mood").addAnswer().setValue(new StringType(mood));
        return answers;
    }
}
