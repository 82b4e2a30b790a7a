package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Optional;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a clinic may state of therapy plans and programmes. */
class TherapyContentTest {

    private final ContentPolicy policy = new ContentPolicy();

    @Test
    void aClinicianMakesTasksOfPlansAndNoOthers() {
        for (String code : new String[] {
            Codes.THERAPY_QUESTION, Codes.THERAPY_ALERT, Codes.THERAPY_EDUCATION, Codes.THERAPY_QUESTIONNAIRE
        }) {
            assertThat(permits(CallerKind.CLINICIAN, task(code), null)).as(code).isTrue();
        }
        assertThat(permits(CallerKind.CLINICIAN, signOff(), null)).isFalse();
        assertThat(permits(CallerKind.CLINICIAN, new Task(), null)).isFalse();
        assertThat(permits(CallerKind.ANALYSIS_JOB, task(Codes.THERAPY_ALERT), null))
                .as("the job asks for sign-off alone")
                .isFalse();
    }

    @Test
    void aTaskStaysOfItsKind() {
        Task question = task(Codes.THERAPY_QUESTION);
        assertThat(permits(CallerKind.CLINICIAN, question.copy().setStatus(TaskStatus.COMPLETED), question))
                .isTrue();
        assertThat(permits(CallerKind.CLINICIAN, signOff(), question)).isFalse();
        assertThat(permits(CallerKind.CLINICIAN, question, signOff())).isFalse();
        assertThat(permits(CallerKind.CLINICIAN, signOff(), signOff())).isTrue();
    }

    @Test
    void theServersProgrammesAreNotAClinicsToWrite() {
        for (CallerKind kind : new CallerKind[] {CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM}) {
            assertThat(permits(
                            kind, new PlanDefinition().setUrl(Canonicals.BASE + "/PlanDefinition/hypertension"), null))
                    .isFalse();
            assertThat(permits(kind, new ActivityDefinition().setUrl(Canonicals.BASE + "/ActivityDefinition/x"), null))
                    .isFalse();
            assertThat(permits(kind, new PlanDefinition().setUrl("https://clinic.example/PlanDefinition/x"), null))
                    .isTrue();
        }
        assertThat(permits(
                        CallerKind.ADMINISTRATOR,
                        new PlanDefinition().setUrl(Canonicals.BASE + "/PlanDefinition/hypertension"),
                        null))
                .isTrue();
    }

    private boolean permits(CallerKind kind, Resource resource, @Nullable Resource stored) {
        return policy.decide(
                        Callers.caller(Callers.of(kind)),
                        stored == null ? Interaction.CREATE : Interaction.UPDATE,
                        resource,
                        Optional.ofNullable(stored))
                instanceof Decision.Permit;
    }

    private static Task signOff() {
        return Records.signOff(World.ANNA, "flag");
    }

    private static Task task(String code) {
        Task task = new Task().setStatus(TaskStatus.REQUESTED);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, code, null)));
        task.setFor(new Reference("Patient/" + World.ANNA));
        return task;
    }
}
