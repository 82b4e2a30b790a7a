package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.DecisionGrounds;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.server.export.job.RecordCursor.Order;
import eu.sinusnode.server.export.job.RecordCursor.Snapshot;
import eu.sinusnode.server.export.job.RecordCursor.Wanted;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The records of some patients, each decided on how the caller stood towards them when the range began. From then on they are
 * being read.
 */
final class PatientRange implements AutoCloseable {

    private final ExportTools tools;
    private final ExportLease lease;
    private final ExportJob job;
    private final RecordModel model;
    private final RunLines lines;
    private final Referrals referrals;
    private final Withdrawals withdrawals;
    private final Telling telling;
    private final PatientStandings facts;
    private final RecordFactsReader reader;
    private final List<Standing> patients;
    private final ReadAhead records;

    /**
     * How exactly patients are told.
     *
     * @param atAll whether they are told at all; what is deleted or withdrawn is told in any case
     */
    record Telling(ToldPatients told, boolean atAll) {

        /** As it is stored. */
        static final Telling WHOLE = new Telling(ToldPatients.AS_STORED, true);
    }

    /** Whose a record is that the caller gets, and what that was decided on. */
    private record Given(List<UUID> owners, byte[] grounds) {}

    PatientRange(
            ExportTools tools,
            ExportLease lease,
            ExportJob job,
            RecordModel model,
            RunLines lines,
            Referrals referrals,
            Withdrawals withdrawals,
            Telling telling,
            PatientStandings facts,
            List<Standing> patients) {
        this.tools = tools;
        this.lease = lease;
        this.job = job;
        this.model = model;
        this.lines = lines;
        this.referrals = referrals;
        this.withdrawals = withdrawals;
        this.telling = telling;
        this.facts = facts;
        this.reader = new RecordFactsReader(tools.disclosure().references());
        this.patients = patients;
        this.records = new ReadAhead(this::read);
    }

    /** @param withdrawing those of whom something may have been withdrawn */
    void write(Set<String> withdrawing) throws IOException, SQLException {
        for (Standing standing : patients) {
            lease.require();
            OnePatient patient = new OnePatient(standing);
            records.next(patient.records(), patient::deletion);
            referrals.endOfPatient();
            if (withdrawing.contains(standing.patientId())) {
                tools.records().inSnapshot(patient::withdrawn);
            }
        }
    }

    String lastPatient() {
        return patients.get(patients.size() - 1).patientId();
    }

    int size() {
        return patients.size();
    }

    @Override
    public void close() {
        records.close();
    }

    /** In the reading thread. */
    private void read(ReadAhead.Patients ahead) throws IOException, SQLException {
        ExportOrder order = job.order();
        Order inFile = order.organizedBy() == null ? Order.AS_FOUND : Order.BY_TYPE;
        tools.records().inSnapshot(snapshot -> {
            for (Standing patient : patients) {
                String id = patient.patientId();
                Map<String, Set<Long>> keys = tools.filters().ofPatient(order.filters(), id);
                Wanted wanted = new Wanted(order.types(), order.since(), order.until(), keys);
                snapshot.ofPatient(id, wanted, inFile, ahead::record, ahead::deletion);
                ahead.end();
            }
        });
    }

    private final class OnePatient {
        private final Standing standing;
        private final String id;
        /** By type and owners: it is the same for all of them. */
        private final Map<String, byte[]> grounds = new HashMap<>();

        private OnePatient(Standing standing) {
            this.standing = standing;
            this.id = standing.patientId();
        }

        private RecordSink records() {
            RecordSink whole = this::record;
            return givesEachVital() ? vitalsAsStored(whole) : whole;
        }

        /** Whether nothing has to be asked of plain vital signs, and nothing about them is told otherwise. */
        private boolean givesEachVital() {
            return telling.equals(Telling.WHOLE)
                    && job.order().types().contains(VitalLine.TYPE)
                    && tools.disclosure().givesEachSigned(job.caller(), VitalLine.TYPE, standing, facts.at());
        }

        private RecordSink vitalsAsStored(RecordSink others) {
            List<UUID> owner = List.of(UUID.fromString(id));
            byte[] basis = grounds(VitalLine.TYPE, Set.of(id), List.of(standing));
            return stored -> {
                Optional<VitalLine> vital = VitalLine.of(stored, id);
                if (vital.isPresent()) {
                    lease.require();
                    lines.vital(vital.get(), owner, basis);
                } else {
                    others.accept(stored);
                }
            };
        }

        private void record(StoredRecord stored) throws IOException {
            lease.require();
            Optional<Resource> resource = model.resource(stored);
            Given given = resource.isEmpty() ? null : given(resource.get(), this::isPermitted);
            if (given != null && telling.atAll()) {
                lines.record(telling.told().told(resource.get()), given.owners(), given.grounds());
            }
        }

        /** A deletion is told to those who might have had what was deleted. */
        private void deletion(String type, String recordId) throws IOException {
            lease.require();
            tell(type, recordId, tools.disclosure().beforeDeletion(type, recordId), last -> this::isPermitted);
        }

        /** What the caller could have had, deleted meanwhile or not. */
        private void withdrawn(Snapshot snapshot) throws IOException, SQLException {
            Wanted all = new Wanted(job.order().types(), Instant.EPOCH, null, Map.of());
            snapshot.ofPatient(
                    id,
                    all,
                    Order.AS_FOUND,
                    stored -> withdrawn(stored.type(), stored.id(), model.resource(stored)),
                    (type, recordId) ->
                            withdrawn(type, recordId, tools.disclosure().beforeDeletion(type, recordId)));
        }

        private void withdrawn(String type, String recordId, Optional<Resource> last) throws IOException {
            lease.require();
            tell(type, recordId, last, resource -> record -> withdrawals.isWithdrawn(resource, record, facts));
        }

        private void tell(
                String type, String recordId, Optional<Resource> last, Function<Resource, Predicate<RecordFacts>> tells)
                throws IOException {
            Given given = last.isEmpty() ? null : given(last.get(), tells.apply(last.get()));
            if (given != null) {
                lines.deletion(type, recordId, given.owners(), given.grounds());
            }
        }

        private boolean isPermitted(RecordFacts record) {
            boolean permitted = tools.disclosure().decide(job.caller(), record, facts) instanceof Decision.Permit;
            if (!permitted) {
                tools.withheld().increment();
            }
            return permitted;
        }

        /**
         * Null for a record that does not come with this patient.
         *
         * @param gives whether a record of the patient's is given
         */
        private @Nullable Given given(Resource resource, Predicate<RecordFacts> gives) {
            RecordFacts record = reader.read(resource);
            if (!(record.ownership() instanceof Ownership.OfPatients owners)
                    || !id.equals(first(owners.patientIds()))) {
                // It refers to the patient and is another's, or it comes with the first of several.
                return null;
            }
            if (!gives.test(record)) {
                return null;
            }
            return new Given(
                    uuids(owners.patientIds()),
                    grounds(
                            record.resourceType(),
                            owners.patientIds(),
                            facts.ofOwners(record).values()));
        }

        private byte[] grounds(String type, Set<String> owners, Collection<Standing> standings) {
            return grounds.computeIfAbsent(
                    type + owners,
                    key -> DecisionGrounds.of(job.caller(), type, BulkDisclosure.INTERACTION, standings));
        }
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
