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
import eu.sinusnode.server.export.job.RecordCursor.Wanted;
import eu.sinusnode.server.records.Mentions;
import eu.sinusnode.server.records.RecordModel;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final Set<String> mentionedTypes;
    private final Set<String> mentioned = new HashSet<>();
    private Ranges ranges;
    private ToldPatients told = ToldPatients.AS_STORED;
    private boolean toldAtAll = true;

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
        this.mentionedTypes = job.order().types().stream()
                .filter(BulkDisclosure::mayBeOfNobody)
                .collect(Collectors.toSet());
    }

    /** @throws LeaseLostException when the export is not this run's any more */
    void run() throws IOException, SQLException {
        lease.begin(everybody.count());
        countGroups();
        String after = job.afterPatient();
        for (Range range = next(after); !range.patients().isEmpty(); range = next(after)) {
            for (Standing patient : range.patients()) {
                lease.require();
                patient(patient.patientId(), range);
            }
            after = range.last();
            cameForward(after, range.patients().size(), List.of());
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
        toldAtAll = !groups.areTooFew();
        told = ToldPatients.of(groups, today);
        lease.counted(toldAtAll ? groups.generalised() : null);
    }

    /** @param facts what every record of the range is decided on */
    private record Range(List<Standing> patients, PatientStandings facts, RecordFactsReader reader) {
        String last() {
            return patients.get(patients.size() - 1).patientId();
        }
    }

    private Range next(@Nullable String after) {
        if (tools.disclosure().decideRecipient(caller) instanceof Decision.Deny) {
            throw new ExportRefusedException();
        }
        PatientStandings facts =
                tools.disclosure().standings(caller, tools.clock().instant());
        return new Range(
                ranges.next(facts, after, tools.limits().patientsPerRange()),
                facts,
                new RecordFactsReader(tools.disclosure().references()));
    }

    private void patient(String patientId, Range range) throws IOException, SQLException {
        Map<String, byte[]> grounds = new HashMap<>();
        Wanted wanted = wanted(tools.filters().ofPatient(job.order().filters(), patientId));
        RecordSink records = stored -> {
            lease.require();
            Optional<Resource> resource = model.resource(stored);
            if (resource.isEmpty()) {
                return;
            }
            Given given = given(resource.get(), patientId, range, grounds, permitted(range));
            if (given != null && toldAtAll) {
                write(resource.get(), given.owners(), given.grounds());
            }
        };
        // A deletion is told to those who might have had what was deleted.
        DeletionSink deletions = (type, id) -> {
            lease.require();
            Optional<Resource> last = tools.disclosure().beforeDeletion(type, id);
            Given given = last.isEmpty() ? null : given(last.get(), patientId, range, grounds, permitted(range));
            if (given != null) {
                writeDeletion(type, id, given);
            }
        };
        tools.records().ofPatient(patientId, wanted, records, deletions);
        if (withdrawing.contains(patientId)) {
            withdrawn(patientId, range, grounds);
        }
    }

    private Predicate<RecordFacts> permitted(Range range) {
        return record -> {
            boolean permitted = tools.disclosure().decide(caller, record, range.facts()) instanceof Decision.Permit;
            if (!permitted) {
                tools.withheld().increment();
            }
            return permitted;
        };
    }

    /** What the caller could have had, deleted meanwhile or not. */
    private void withdrawn(String patientId, Range range, Map<String, byte[]> grounds)
            throws IOException, SQLException {
        RecordSink records =
                stored -> withdrawn(stored.type(), stored.id(), model.resource(stored), patientId, range, grounds);
        DeletionSink deletions = (type, id) ->
                withdrawn(type, id, tools.disclosure().beforeDeletion(type, id), patientId, range, grounds);
        Wanted all = new Wanted(job.order().types(), Instant.EPOCH, null, Map.of());
        tools.records().ofPatient(patientId, all, records, deletions);
    }

    private void withdrawn(
            String type, String id, Optional<Resource> last, String patientId, Range range, Map<String, byte[]> grounds)
            throws IOException {
        lease.require();
        if (last.isEmpty()) {
            return;
        }
        Predicate<RecordFacts> had = record -> withdrawals.isWithdrawn(last.get(), record, range.facts());
        Given given = given(last.get(), patientId, range, grounds, had);
        if (given != null) {
            writeDeletion(type, id, given);
        }
    }

    private void writeDeletion(String type, String id, Given given) throws IOException {
        String line = model.line(Deletions.of(type, id));
        files.write(type, true, given.owners(), given.grounds(), RecordModel.bytes(line));
    }

    /** Whose a record is that the caller gets, and what that was decided on. */
    private record Given(List<UUID> owners, byte[] grounds) {}

    /**
     * Null for a record that does not come with this patient.
     *
     * @param grounds of the patient's records so far
     * @param gives whether a record of the patient's is given
     */
    private @Nullable Given given(
            Resource resource,
            String patientId,
            Range range,
            Map<String, byte[]> grounds,
            Predicate<RecordFacts> gives) {
        RecordFacts record = range.reader().read(resource);
        if (!(record.ownership() instanceof Ownership.OfPatients owners)
                || !patientId.equals(first(owners.patientIds()))) {
            // It refers to the patient and is another's, or it comes with the first of several.
            return null;
        }
        if (!gives.test(record)) {
            return null;
        }
        String type = record.resourceType();
        byte[] basis = grounds.computeIfAbsent(
                type + owners.patientIds(),
                key -> grounds(type, range.facts().ofOwners(record).values()));
        return new Given(uuids(owners.patientIds()), basis);
    }

    private void ofNobody(Collection<String> paths) throws IOException, SQLException {
        PatientStandings facts =
                tools.disclosure().standings(caller, tools.clock().instant());
        RecordFactsReader reader = new RecordFactsReader(tools.disclosure().references());
        Wanted wanted = wanted(tools.filters().named(job.order().filters(), paths));
        tools.records().named(paths, wanted, stored -> {
            Optional<Resource> resource = model.resource(stored);
            if (resource.isPresent()) {
                RecordFacts record = reader.read(resource.get());
                if (record.ownership() instanceof Ownership.Directory
                        && tools.disclosure().decide(caller, record, facts) instanceof Decision.Permit) {
                    write(resource.get(), List.of(), grounds(stored.type(), List.of()));
                }
            }
        });
    }

    private void write(Resource permitted, List<UUID> owners, byte[] grounds) throws IOException {
        String line = model.line(told.told(permitted));
        Mentions.of(line, mentionedTypes, mentioned::add);
        files.write(permitted.fhirType(), false, owners, grounds, RecordModel.bytes(line));
    }

    private void cameForward(@Nullable String lastPatient, int read, Collection<String> written) throws IOException {
        tools.requireRoom();
        lease.cameForward(lastPatient, read, files.force(), mentioned, written);
        mentioned.clear();
    }

    private Wanted wanted(Map<String, Set<Long>> keys) {
        return new Wanted(job.order().types(), job.order().since(), job.order().until(), keys);
    }

    private byte[] grounds(String type, Collection<Standing> owners) {
        return DecisionGrounds.of(caller, type, BulkDisclosure.INTERACTION, owners);
    }

    private static String first(Set<String> patientIds) {
        return patientIds.stream().min(String::compareTo).orElseThrow();
    }

    private static List<UUID> uuids(Set<String> patientIds) {
        List<UUID> owners = new ArrayList<>();
        patientIds.stream().sorted().map(UUID::fromString).forEach(owners::add);
        return owners;
    }
}
