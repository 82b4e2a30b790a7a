package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.minimisation.SmallGroups;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import eu.sinusnode.server.export.job.PatientRange.Telling;
import eu.sinusnode.server.records.RecordModel;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Year;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One run of an export: patients range by range, then what of nobody's records was referred to and does not stand with the
 * patients already. How a caller stands towards a range's patients is read from the database when the range begins, and
 * each record is decided like one that a search finds.
 */
final class ExportRun {

    private final ExportTools tools;
    private final ExportLease lease;
    private final ExportJob job;
    private final Caller caller;
    private final RunFiles files;
    private final RecordModel model;
    private final Withdrawals withdrawals;
    private final SortedSet<String> withdrawing;
    private final Ranges everybody;
    private final RunLines lines;
    private Ranges ranges;
    private Telling telling = Telling.WHOLE;
    private @Nullable String begunAfter;

    ExportRun(ExportTools tools, ExportLease lease, ExportJob job, RunFiles files) {
        this.tools = tools;
        this.lease = lease;
        this.job = job;
        this.caller = job.caller();
        this.files = files;
        this.model = new RecordModel(tools.context(), tools.storage());
        this.withdrawals = new Withdrawals(
                tools.disclosure(), tools.history(), caller, job.order().since());
        this.withdrawing = withdrawals.patients(tools.clock().instant());
        this.everybody = Ranges.of(caller, job.order().patients(), withdrawing);
        this.ranges = everybody;
        this.lines = new RunLines(files, model, job.order().types());
    }

    /** @throws LeaseLostException when the export is not this run's any more */
    void run() throws IOException, SQLException {
        lease.begin(everybody.count(this::facts));
        countGroups();
        begunAfter = job.afterPatient();
        try (BegunAhead<PatientRange> ahead =
                new BegunAhead<>(tools.limits().rangesAtOnce(), this::begin, PatientRange::close)) {
            for (Optional<PatientRange> range = ahead.next(); range.isPresent(); range = ahead.next()) {
                write(range.get());
            }
        }
        for (List<String> paths = lease.mentioned(NobodysRecords.AT_ONCE);
                !paths.isEmpty();
                paths = lease.mentioned(NobodysRecords.AT_ONCE)) {
            ofNobody(facts()).read(paths, (path, line, grounds) -> lines.write(line, List.of(), grounds));
            cameForward(null, 0, paths);
        }
    }

    private void countGroups() throws IOException, SQLException {
        Pseudonymised form = job.order().pseudonymised();
        if (form == null) {
            return;
        }
        Year today = Year.of(job.created().atZone(tools.zone()).getYear());
        GroupCount.Counted counted =
                new GroupCount(tools, lease, caller, model).count(job.order().until(), form.smallestGroup(), today);
        SmallGroups groups = counted.groups();
        Set<String> patients = new HashSet<>(counted.patients());
        patients.addAll(withdrawing);
        ranges = new DrawnRanges(patients);
        telling = new Telling(ToldPatients.of(groups, today), !groups.areTooFew());
        lease.counted(telling.atAll() ? groups.generalised() : null);
    }

    private Optional<PatientRange> begin() {
        PatientStandings facts = facts();
        List<Standing> patients = next(facts, begunAfter);
        if (patients.isEmpty()) {
            return Optional.empty();
        }
        PatientRange range = new PatientRange(
                tools, lease, job, model, lines, referrals(facts), withdrawals, telling, facts, patients);
        begunAfter = range.lastPatient();
        return Optional.of(range);
    }

    private void write(PatientRange range) throws IOException, SQLException {
        try (range) {
            range.write(withdrawing);
        }
        cameForward(range.lastPatient(), range.size(), List.of());
    }

    private List<Standing> next(PatientStandings facts, @Nullable String after) {
        if (tools.disclosure().decideRecipient(caller) instanceof Decision.Deny) {
            throw new ExportRefusedException();
        }
        return ranges.next(facts, after, tools.limits().patientsPerRange());
    }

    /** As the caller stands now; read when it is asked for. */
    private PatientStandings facts() {
        return tools.disclosure().standings(caller, tools.clock().instant());
    }

    private Referrals referrals(PatientStandings facts) {
        return job.order().organizedBy() == null ? Referrals.LAST : new BlockReferrals(ofNobody(facts), lines);
    }

    private NobodysRecords ofNobody(PatientStandings facts) {
        return new NobodysRecords(tools, lease, job, model, lines, facts);
    }

    private void cameForward(@Nullable String lastPatient, int read, Collection<String> written) throws IOException {
        tools.requireRoom();
        lease.cameForward(lastPatient, read, files.force(), lines.mentioned(), written);
        lines.forgetMentioned();
    }
}
