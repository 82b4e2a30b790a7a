package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestFacts;
import java.util.List;

/** Puts the end of an export's run into the audit, under the job's name, before a client sees that it has ended. */
public final class AuditedRuns {

    private final AuditTrail audit;

    public AuditedRuns(AuditTrail audit) {
        this.audit = audit;
    }

    void complete(ExportJob job) {
        record(job, new AuditOutcome.Granted("export complete"));
    }

    void failed(ExportJob job) {
        record(
                job,
                new AuditOutcome.Denied(RequestProblem.EXPORT_FAILED.code(), RequestProblem.EXPORT_FAILED.meaning()));
    }

    private void record(ExportJob job, AuditOutcome outcome) {
        RequestFacts facts =
                new RequestFacts(job.job().toString(), AuditedInteraction.JOB_RUN, "$export", null, null, null);
        audit.record(facts, AuditedCaller.of(job.caller()), outcome, List.of());
    }
}
