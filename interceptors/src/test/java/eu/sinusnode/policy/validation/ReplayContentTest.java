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
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may state what in a Task that asks for a replay. */
class ReplayContentTest {

    private final ContentPolicy policy = new ContentPolicy();

    @Test
    void theJobAnswersOnceWhatTheServerAskedFor() {
        Task asked = asked();

        assertPermitted(CallerKind.ANALYSIS_JOB, answered(task -> {}), asked);
        assertDenied(CallerKind.ANALYSIS_JOB, asked, null);
        assertDenied(CallerKind.ANALYSIS_JOB, answered(task -> {}), null);
        assertDenied(CallerKind.ANALYSIS_JOB, answered(task -> {}), answered(task -> {}));
        assertDenied(CallerKind.ANALYSIS_JOB, answered(task -> task.setStatus(TaskStatus.REQUESTED)), asked);
        assertDenied(CallerKind.ANALYSIS_JOB, answered(task -> task.getOutput().clear()), asked);
        assertDenied(
                CallerKind.ANALYSIS_JOB,
                answered(task -> task.setFocus(new Reference("Observation/another/_history/1"))),
                asked);
        assertDenied(
                CallerKind.ANALYSIS_JOB, answered(task -> task.setFor(new Reference("Patient/" + World.BERND))), asked);
        assertDenied(
                CallerKind.ANALYSIS_JOB,
                answered(task ->
                        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.SIGN_OFF, null)))),
                asked);
        assertDenied(
                CallerKind.ANALYSIS_JOB,
                asked(),
                Records.signOff(World.ANNA, "flag").setStatus(TaskStatus.REQUESTED));
    }

    @Test
    void aClinicNeitherAsksNorAnswersByItself() {
        for (CallerKind kind : new CallerKind[] {CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM}) {
            assertDenied(kind, asked(), null);
            assertDenied(kind, answered(task -> {}), asked());
            assertDenied(kind, Records.signOff(World.ANNA, "flag"), asked());
            assertDenied(kind, asked(), Records.signOff(World.ANNA, "flag"));
        }
    }

    private void assertPermitted(CallerKind kind, Task task, Task stored) {
        assertThat(decide(kind, task, Optional.of(stored))).isInstanceOf(Decision.Permit.class);
    }

    private void assertDenied(CallerKind kind, Task task, @Nullable Task stored) {
        assertThat(decide(kind, task, Optional.ofNullable(stored)))
                .as("%s: %s", kind, task.getStatus())
                .isInstanceOf(Decision.Deny.class);
    }

    private Decision decide(CallerKind kind, Task task, Optional<Task> stored) {
        return policy.decide(
                Callers.caller(Callers.of(kind)),
                stored.isPresent() ? Interaction.UPDATE : Interaction.CREATE,
                task,
                stored.map(was -> was));
    }

    private static Task asked() {
        Task task = Records.signOff(World.ANNA, "flag");
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.RISK_REPLAY, null)));
        task.setFocus(new Reference("Observation/flag/_history/2"));
        return task;
    }

    private static Task answered(Consumer<Task> change) {
        Task task = asked();
        task.setStatus(TaskStatus.COMPLETED);
        task.addOutput().setType(task.getCode()).setValue(new StringType("identical"));
        change.accept(task);
        return task;
    }
}
