package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatientTaskTest {

    private static final String ASKED = "https://sinusnode.eu/fhir/Questionnaire/symptom-check";

    private static Task task(String system, String code) {
        Task task = new Task();
        task.setCode(new CodeableConcept(new Coding(system, code, null)));
        task.addInput().setType(task.getCode()).setValue(new CanonicalType(ASKED + "|1.0.0"));
        return task;
    }

    private static Task questionnaire() {
        return task(Canonicals.TASK_CODES, Codes.THERAPY_QUESTIONNAIRE);
    }

    private static QuestionnaireResponse answers(String questionnaire, QuestionnaireResponseStatus status) {
        return new QuestionnaireResponse().setQuestionnaire(questionnaire).setStatus(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "therapy-education,     education",
        "therapy-questionnaire, questionnaire",
        "therapy-question,      ''",
        "therapy-alert,         ''",
        "therapy-reminder,      ''",
    })
    void modulesAndQuestionnairesAreThePatients(String code, String kind) {
        assertThat(PatientTask.kind(task(Canonicals.TASK_CODES, code)).orElse(""))
                .isEqualTo(kind);
        assertThat(PatientTask.kind(task("http://example.org", code))).isEmpty();
        assertThat(PatientTask.kind(new Task())).isEmpty();
    }

    @Test
    void itIsCalledByItsTitle() {
        Task module = task(Canonicals.TASK_CODES, Codes.THERAPY_EDUCATION);
        assertThat(PatientTask.name(module.setDescription("Module: training safely. Warming up. Cooling down.")))
                .isEqualTo("Module: training safely");
        assertThat(PatientTask.name(module.setDescription("Read this"))).isEqualTo("Read this");
        assertThat(PatientTask.name(module.setDescription(null))).isEqualTo(Codes.THERAPY_EDUCATION);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check|1.0.0, true",
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check|1.1.0, true",
        "https://sinusnode.eu/fhir/Questionnaire/symptom-check,       true",
        "https://sinusnode.eu/fhir/Questionnaire/mood-check|1.0.0,    false",
        ",                                                            false",
    })
    void itIsAnsweredByAnswersToItsQuestionnaireInAnyVersion(String questionnaire, boolean answered) {
        assertThat(PatientTask.isAnsweredBy(
                        questionnaire(), answers(questionnaire, QuestionnaireResponseStatus.COMPLETED)))
                .isEqualTo(answered);
        assertThat(PatientTask.isAnsweredBy(new Task(), answers(questionnaire, QuestionnaireResponseStatus.COMPLETED)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(QuestionnaireResponseStatus.class)
    void onlyCompleteAnswersCount(QuestionnaireResponseStatus status) {
        assertThat(PatientTask.isAnsweredBy(questionnaire(), answers(ASKED, status)))
                .isEqualTo(status == QuestionnaireResponseStatus.COMPLETED
                        || status == QuestionnaireResponseStatus.AMENDED);
    }
}
