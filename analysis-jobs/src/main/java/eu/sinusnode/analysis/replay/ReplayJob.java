package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.replay.ReplayOutcome.Kind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Clock;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Answers the Tasks that ask for a replay, one after another. A Task that could not be answered stays open. */
public final class ReplayJob {

    private final ReplayDesk desk;
    private final RecordedInputs recorded;
    private final Replay replay;
    private final Clock clock;

    public ReplayJob(ReplayDesk desk, RecordedInputs recorded, Replay replay, Clock clock) {
        this.desk = desk;
        this.recorded = recorded;
        this.replay = replay;
        this.clock = clock;
    }

    /** @return how many were answered, by outcome; every outcome is in it */
    public Map<Kind, Integer> run() {
        EnumMap<Kind, Integer> answered = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            answered.put(kind, 0);
        }
        for (Task task : desk.open()) {
            ReplayOutcome outcome = outcome(task);
            if (desk.answer(answered(task, outcome))) {
                answered.merge(outcome.kind(), 1, Integer::sum);
            }
        }
        return answered;
    }

    private ReplayOutcome outcome(Task task) {
        IdType flag = new IdType(task.getFocus().getReference()).toUnqualified();
        return desk.flag(flag.getValue())
                .map(stored ->
                        replay.of(stored, desk.provenances(flag.toVersionless().getValue()), recorded))
                .orElseGet(() -> ReplayOutcome.notReplayable("The flag is erased, withheld or not there."));
    }

    private Task answered(Task task, ReplayOutcome outcome) {
        Task answered = task.copy();
        answered.setMeta(null);
        answered.setStatus(TaskStatus.COMPLETED);
        answered.setLastModified(Date.from(clock.instant()));
        answered.addOutput()
                .setType(type())
                .setValue(new CodeableConcept(
                        new Coding(Canonicals.REPLAY_OUTCOMES, outcome.kind().code(), null)));
        List<String> details = outcome.details();
        details.forEach(detail -> answered.addOutput().setType(type()).setValue(new StringType(detail)));
        return answered;
    }

    private static CodeableConcept type() {
        return new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.RISK_REPLAY, null));
    }
}
