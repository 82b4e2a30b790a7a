package eu.sinusnode.policy.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job tells of its run: DICOM's Application Start (110120) or Application Stop (110121).
 *
 * @param id of the run, under which both are found in place of a request's id
 * @param job its name, e.g. {@code risk-scoring}
 * @param phase {@link AuditedInteraction#JOB_START}, or {@link AuditedInteraction#JOB_RUN} when it is over
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

    /** The same whenever the phase is told, and of one client alone: nobody takes the place of another one's run. */
    UUID entryId(String clientId) {
        return UUID.nameUUIDFromBytes((clientId + "/" + id + "/" + phase).getBytes(StandardCharsets.UTF_8));
    }

    RequestFacts facts(@Nullable String clientAddress) {
        return new RequestFacts(id.toString(), phase, job, null, null, null, null, clientAddress, details);
    }
}
