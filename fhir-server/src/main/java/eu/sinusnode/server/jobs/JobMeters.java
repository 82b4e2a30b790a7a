package eu.sinusnode.server.jobs;

import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.JobRun;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators watch of jobs, by the server that was told: runs that ended by outcome, and how far the one at work has
 * come; when none is at work, that is no number.
 */
final class JobMeters {

    private static final String PATIENTS = "patients";
    /** Runs whose end is remembered: one that is told again is no further run. */
    private static final int REMEMBERED = 1_000;
    /** Jobs that have meters; what else is told is one of them by mistake. */
    private static final int MOST_JOBS = 20;

    private final MeterRegistry meters;
    private final Map<String, AtWork> atWork = new ConcurrentHashMap<>();
    private final Set<UUID> ended = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    private record Progress(double share, double patients) {

        static final Progress NONE = new Progress(Double.NaN, Double.NaN);
    }

    /** Of one job. */
    private static final class AtWork {
        private volatile Progress progress = Progress.NONE;
    }

    JobMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void told(JobRunRequest told) {
        if (!atWork.containsKey(told.job()) && atWork.size() >= MOST_JOBS) {
            return;
        }
        AtWork job = atWork.computeIfAbsent(told.job(), this::gauges);
        BigDecimal share = told.share();
        job.progress = share == null ? Progress.NONE : new Progress(share.doubleValue(), patients(told));
        JobRun audited = told.audited();
        if (told.phase() == JobRunRequest.Phase.END && audited != null && ended.add(told.run())) {
            boolean completed = audited.outcome() instanceof AuditOutcome.Granted;
            meters.counter("sinusnode.job.runs", "job", told.job(), "outcome", completed ? "completed" : "failed")
                    .increment();
        }
    }

    private AtWork gauges(String name) {
        AtWork job = new AtWork();
        meters.gauge("sinusnode.job.progress.share", Tags.of("job", name), job, at -> at.progress.share());
        meters.gauge("sinusnode.job.progress.patients", Tags.of("job", name), job, at -> at.progress.patients());
        return job;
    }

    private static double patients(JobRunRequest told) {
        return told.counts().stream()
                .filter(count -> PATIENTS.equals(count.type()))
                .mapToDouble(count -> Double.parseDouble(count.value()))
                .findFirst()
                .orElse(Double.NaN);
    }
}
