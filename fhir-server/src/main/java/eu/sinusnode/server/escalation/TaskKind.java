package eu.sinusnode.server.escalation;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Task;

/** Tasks that are escalated when nobody has seen to them in time. */
enum TaskKind {
    /** A clinician decides on a risk flag. */
    SIGN_OFF(Codes.SIGN_OFF, Canonicals.SIGN_OFF_STATES, "sign-off"),
    /** A clinic takes up what a patient asks. */
    QUESTION(Codes.PATIENT_QUESTION, Canonicals.QUESTION_STATES, "question"),
    /** A clinic takes up what a patient has answered on a therapy plan. */
    ALERT(Codes.THERAPY_ALERT, Canonicals.ALERT_STATES, "alert");

    private final String code;
    private final String states;
    private final String word;

    TaskKind(String code, String states, String word) {
        this.code = code;
        this.states = states;
        this.word = word;
    }

    static Optional<TaskKind> of(Task task) {
        return Arrays.stream(values())
                .filter(kind -> task.getCode().getCoding().stream()
                        .anyMatch(coding ->
                                Canonicals.TASK_CODES.equals(coding.getSystem()) && kind.code.equals(coding.getCode())))
                .findFirst();
    }

    /** @param code one that {@link #code()} gave */
    static TaskKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No Task of this code is escalated."));
    }

    /** The code of {@link Canonicals#TASK_CODES}. */
    String code() {
        return code;
    }

    /** The system of {@code Task.businessStatus}. */
    String states() {
        return states;
    }

    /** What it is called in the audit, in metrics and among the words. */
    String word() {
        return word;
    }
}
