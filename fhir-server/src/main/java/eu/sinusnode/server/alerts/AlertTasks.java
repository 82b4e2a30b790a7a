package eu.sinusnode.server.alerts;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.notice.NoticeWords;
import eu.sinusnode.therapy.alert.Alert;
import eu.sinusnode.therapy.alert.AlertRule;
import eu.sinusnode.therapy.alert.AskingPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;

/**
 * The Tasks that one alert makes, one for a clinic. Their ids are made of the version of the answers, the clinic and the rules, so
 * that one version is told once: by a transaction that is tried again, or at two nodes. What a later version tells anew is another
 * Task, since the first one may be closed.
 *
 * @param answers as they are stored, with id and version
 */
record AlertTasks(UUID patient, QuestionnaireResponse answers, Alert alert, Instant now) {

    static final String DESCRIPTION = "An answer of the patient meets a rule of the therapy plan";

    private static final String AUTHOR = "SinusNode";
    private static final NoticeWords WORDS = new NoticeWords(AlertTasks.class);

    /**
     * A rule that is met.
     *
     * @param rule url and version of the definition
     * @param source of the guideline or paper
     */
    private record Cited(String rule, String source) {}

    /**
     * @param clinic id of the Organization that treats by the plans; it is who wants it done, also when somebody of it is the owner
     * @param plans of this clinic
     */
    Task of(String clinic, List<AskingPlan> plans) {
        Task task = new Task();
        task.setId(name(clinic).toString());
        task.setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setPriority(alert.urgency().priority())
                .setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_ALERT, null)))
                .setDescription(DESCRIPTION)
                .setFocus(new Reference(
                        "QuestionnaireResponse/" + answers.getIdElement().getIdPart()))
                .setFor(new Reference("Patient/" + patient))
                .setRequester(new Reference("Organization/" + clinic))
                .setOwner(new Reference("Organization/" + clinic))
                .setAuthoredOn(Date.from(now))
                .setLastModified(Date.from(now));
        // Of several that ask the same, nobody has said which one was answered.
        if (plans.size() == 1) {
            task.addBasedOn(new Reference(
                    "CarePlan/" + plans.get(0).plan().getIdElement().getIdPart()));
        }
        plans.stream()
                .flatMap(plan -> plan.programmes().stream())
                .distinct()
                .forEach(programme -> input(task, "programme", new CanonicalType(programme)));
        alert.rules().stream()
                .map(rule -> new Cited(definition(rule, plans), rule.source()))
                .distinct()
                .forEach(cited -> {
                    input(task, "rule", new CanonicalType(cited.rule()));
                    input(task, "source", new UriType(cited.source()));
                });
        input(task, "version of the answers", new StringType(version()));
        words().forEach(text -> task.addNote(new Annotation()
                .setAuthor(new StringType(AUTHOR))
                .setTime(Date.from(now))
                .setText(text)));
        return task;
    }

    /**
     * The same whenever and wherever this version of the answers is looked at.
     *
     * @param told id of a clinic, or a word for nobody
     */
    UUID name(String told) {
        String name = String.join(
                " ",
                "alert",
                answers.getIdElement().getIdPart(),
                version(),
                told,
                alert.rules().toString());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private String version() {
        return answers.getIdElement().getVersionIdPart();
    }

    /** As a plan has it; the questionnaire, if none has. */
    private String definition(AlertRule rule, List<AskingPlan> plans) {
        return plans.stream()
                .flatMap(plan -> plan.definition(rule).stream())
                .findFirst()
                .orElse(answers.getQuestionnaire());
    }

    /** One text a language. */
    private List<String> words() {
        List<List<String>> sentences = Stream.of(
                        Stream.of(WORDS.say("answered", answered())),
                        alert.rules().stream().map(rule -> WORDS.say(rule.name())),
                        Stream.of(WORDS.say("decides")))
                .flatMap(some -> some)
                .toList();
        return IntStream.range(0, sentences.get(0).size())
                .mapToObj(language -> sentences.stream()
                        .map(sentence -> sentence.get(language))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private Instant answered() {
        return answers.hasAuthored() ? answers.getAuthored().toInstant() : now;
    }

    private static void input(Task task, String what, Type value) {
        task.addInput().setType(new CodeableConcept().setText(what)).setValue(value);
    }
}
