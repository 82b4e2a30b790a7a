package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.DecisionGrounds;
import eu.sinusnode.policy.minimisation.SmallGroups;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import eu.sinusnode.server.export.job.PatientRange.Telling;
import eu.sinusnode.server.export.job.RecordCursor.Wanted;
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
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One run of an export: patients range by range, then what of nobody's records was referred to. How a caller stands
 * towards a range's patients is read from the database when the range begins, and each record is decided like one that a
 * search finds.
 */
final class ExportRun {

    private static final int MENTIONED_AT_ONCE = 200;

    private final ExportTools tools;
    private final ExportLease lease;
    private final ExportJob job;
    private final Caller caller;
    private final TypeFiles files;
    private final RecordModel model;
    private final Withdrawals withdrawals;
    private final SortedSet<String> withdrawing;
    private final PatientRanges everybody;
    private final RunLines lines;
    private Ranges ranges;
    private Telling telling = Telling.WHOLE;

    ExportRun(ExportTools tools, ExportLease lease, ExportJob job, TypeFiles files) {
        this.tools = tools;
        this.lease = lease;
        this.job = job;
        this.caller = job.caller();
        this.files = files;
        this.model = new RecordModel(tools.context(), tools.storage());
        this.withdrawals = new Withdrawals(
                tools.disclosure(), tools.history(), caller, job.order().since());
        this.withdrawing = withdrawals.patients(tools.clock().instant());
        this.everybody = new PatientRanges(tools.disclosure(), caller, withdrawing, tools.clock());
        this.ranges = everybody;
        this.lines = new RunLines(files, model, job.order().types());
    }

    /** @throws LeaseLostException when the export is not this run's any more */
    void run() throws IOException, SQLException {
        lease.begin(everybody.count());
        countGroups();
        String after = job.afterPatient();
        PatientStandings facts = facts();
        for (List<Standing> range = next(facts, after); !range.isEmpty(); range = next(facts, after)) {
            new PatientRange(tools, lease, job, model, lines, withdrawals, telling, facts).write(range, withdrawing);
            after = range.get(range.size() - 1).patientId();
            cameForward(after, range.size(), List.of());
            facts = facts();
        }
        for (List<String> paths = lease.mentioned(MENTIONED_AT_ONCE);
                !paths.isEmpty();
                paths = lease.mentioned(MENTIONED_AT_ONCE)) {
            lease.require();
            ofNobody(paths);
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

    private void ofNobody(Collection<String> paths) throws IOException, SQLException {
        PatientStandings facts = facts();
        RecordFactsReader reader = new RecordFactsReader(tools.disclosure().references());
        Wanted wanted = new Wanted(
                job.order().types(),
                job.order().since(),
                job.order().until(),
                tools.filters().named(job.order().filters(), paths));
        RecordSink records = stored -> {
            Optional<Resource> resource = model.resource(stored);
            if (resource.isPresent()) {
                RecordFacts record = reader.read(resource.get());
                if (record.ownership() instanceof Ownership.Directory
                        && tools.disclosure().decide(caller, record, facts) instanceof Decision.Permit) {
                    byte[] grounds = DecisionGrounds.of(caller, stored.type(), BulkDisclosure.INTERACTION, List.of());
                    lines.record(telling.told().told(resource.get()), List.of(), grounds);
                }
            }
        };
        tools.records().inSnapshot(snapshot -> snapshot.named(paths, wanted, records));
    }

    private void cameForward(@Nullable String lastPatient, int read, Collection<String> written) throws IOException {
        tools.requireRoom();
        lease.cameForward(lastPatient, read, files.force(), lines.mentioned(), written);
        lines.forgetMentioned();
    }
}
