package eu.sinusnode.policy.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job tells of its run: DICOM's Application Start (110120) or Application Stop (110121). Or that a model was taken
 * out of the shadow: Software Configuration (110131).
 *
 * @param id of the run or the decision, under which it is found in place of a request's id
 * @param job its name, e.g. {@code risk-scoring}
 * @param phase {@link AuditedInteraction#JOB_START}, {@link AuditedInteraction#JOB_RUN} when it is over, or
 *     {@link AuditedInteraction#MODEL_LIFT}
 */
public record JobRun(UUID id, String job, AuditedInteraction phase, AuditOutcome outcome, List<AuditedDetail> details) {

    /** Stands in {@code AuditEvent.outcomeDesc} of a run that says it failed. */
    static final String FAILED = "JOB-FAILED";

    public JobRun {
        details = List.copyOf(details);
    }

    public static JobRun started(UUID id, String job, List<AuditedDetail> details) {
        return new JobRun(id, job, AuditedInteraction.JOB_START, new AuditOutcome.Granted("run started"), details);
    }

    public static JobRun ended(UUID id, String job, boolean completed, List<AuditedDetail> details) {
        AuditOutcome outcome = completed
                ? new AuditOutcome.Granted("run completed")
                : new AuditOutcome.Denied(FAILED, "the job says that its run failed");
        return new JobRun(id, job, AuditedInteraction.JOB_RUN, outcome, details);
    }

    /** @param details model, by, role and reason */
    public static JobRun lifted(UUID id, String job, List<AuditedDetail> details) {
        return new JobRun(
                id,
                job,
                AuditedInteraction.MODEL_LIFT,
                new AuditOutcome.Granted("model taken out of the shadow"),
                details);
    }

    /** The same whenever the phase is told, and of one client alone: nobody takes the place of another one's run. */
    UUID entryId(String clientId) {
        return UUID.nameUUIDFromBytes((clientId + "/" + id + "/" + phase).getBytes(StandardCharsets.UTF_8));
    }

    RequestFacts facts(@Nullable String clientAddress) {
        return new RequestFacts(id.toString(), phase, job, null, null, null, null, clientAddress, details);
    }
}
