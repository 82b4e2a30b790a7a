package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;

/** A Task of a plan that the patient does: a module to learn, or a questionnaire. */
public final class PatientTask {

    private static final String SENTENCE = ". ";
    private static final Set<QuestionnaireResponseStatus> COMPLETE =
            Set.of(QuestionnaireResponseStatus.COMPLETED, QuestionnaireResponseStatus.AMENDED);

    private PatientTask() {}

    /** {@code education}, {@code questionnaire}; empty of a Task that is not the patient's. */
    public static Optional<String> kind(Task task) {
        return task.getCode().getCoding().stream()
                .filter(coding -> Canonicals.TASK_CODES.equals(coding.getSystem()))
                .flatMap(coding -> kind(coding.getCode()).stream())
                .findFirst();
    }

    private static Optional<String> kind(String code) {
        return switch (String.valueOf(code)) {
            case Codes.THERAPY_EDUCATION -> Optional.of("education");
            case Codes.THERAPY_QUESTIONNAIRE -> Optional.of("questionnaire");
            default -> Optional.empty();
        };
    }

    /** Its title, which stands before what is to be done. */
    public static String name(Task task) {
        String said = task.hasDescription() ? task.getDescription() : Described.name(task.getCode());
        int end = said.indexOf(SENTENCE);
        return end < 0 ? said : said.substring(0, end);
    }

    /** When it is due. */
    static Stream<Timing> timings(Task task) {
        return inputs(task).filter(Timing.class::isInstance).map(Timing.class::cast);
    }

    /** Whether somebody has completed a questionnaire that it asks, in whichever version. */
    public static boolean isAnsweredBy(Task task, QuestionnaireResponse answers) {
        Set<String> asked = inputs(task)
                .filter(CanonicalType.class::isInstance)
                .map(canonical -> url(((CanonicalType) canonical).getValue()))
                .collect(Collectors.toSet());
        return answers.getStatus() != null
                && COMPLETE.contains(answers.getStatus())
                && answers.hasQuestionnaire()
                && asked.contains(url(answers.getQuestionnaire()));
    }

    private static String url(String canonical) {
        int version = canonical.indexOf('|');
        return version < 0 ? canonical : canonical.substring(0, version);
    }

    private static Stream<Type> inputs(Task task) {
        return task.getInput().stream().filter(ParameterComponent::hasValue).map(ParameterComponent::getValue);
    }
}
