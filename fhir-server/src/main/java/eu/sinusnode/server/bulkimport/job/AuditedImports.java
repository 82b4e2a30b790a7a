package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Puts a file that has ended into the audit before a client sees that it has: one event for the file with a line for each
 * patient of whom it brought records, and one for each code by which lines were refused. Told again, they are the same.
 */
public final class AuditedImports {

    /** As many as an event of an export's file has; a larger file has several events. */
    private static final int PATIENTS_PER_EVENT = 10_000;

    private static final String BEFORE_ALL = new UUID(0, 0).toString();

    private final ImportJobs jobs;
    private final AuditTrail audit;

    public AuditedImports(ImportJobs jobs, AuditTrail audit) {
        this.jobs = jobs;
        this.audit = audit;
    }

    void complete(ImportedFile file) {
        lines(file, "import complete");
    }

    void failed(ImportedFile file) {
        lines(file, "import, until it failed");
        record(
                file,
                "failed",
                new AuditOutcome.Denied(RequestProblem.IMPORT_FAILED.code(), RequestProblem.IMPORT_FAILED.meaning()),
                List.of());
    }

    /** Of an import that was cancelled: what the file brought until then. */
    void cancelled(ImportedFile file) {
        if (file.line() > 0) {
            lines(file, "import, until it was cancelled");
        }
    }

    private void lines(ImportedFile file, String rule) {
        AuditOutcome granted = new AuditOutcome.Granted(rule);
        List<String> patients = jobs.patients(file, BEFORE_ALL, PATIENTS_PER_EVENT);
        int part = 0;
        do {
            record(file, "part " + part++, granted, records(file, patients));
            patients = patients.isEmpty()
                    ? patients
                    : jobs.patients(file, patients.get(patients.size() - 1), PATIENTS_PER_EVENT);
        } while (!patients.isEmpty());
        for (ImportJobs.Denied denied : jobs.denials(file)) {
            record(
                    file,
                    denied.code(),
                    new AuditOutcome.Denied(denied.code(), denied.meaning()),
                    records(file, denied.patients()));
        }
    }

    private static List<AuditedRecord> records(ImportedFile file, List<String> patients) {
        return patients.stream()
                .map(patient -> new AuditedRecord(patient, file.type(), null, null))
                .toList();
    }

    /** @param what of the file's events it is */
    private void record(ImportedFile file, String what, AuditOutcome outcome, List<AuditedRecord> records) {
        String name = file.job() + "-" + file.number();
        audit.recordOnce(
                UUID.nameUUIDFromBytes(("import " + name + " " + what).getBytes(StandardCharsets.UTF_8)),
                new RequestFacts(name, AuditedInteraction.IMPORT, "$import", file.type(), null, null),
                AuditedCaller.of(file.caller()),
                outcome,
                records);
    }
}
