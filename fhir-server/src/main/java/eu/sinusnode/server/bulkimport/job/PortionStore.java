package eu.sinusnode.server.bulkimport.job;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.profiles.PlainVital;
import eu.sinusnode.server.bulkimport.job.FileLines.Line;
import eu.sinusnode.server.bulkimport.job.Portion.Candidate;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.upload.SentIdentifierTable;
import eu.sinusnode.server.vitals.VitalTransaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides on lines and stores them, with the progress, in one transaction: all of it is there, or nothing. New vital signs
 * of the plainest form are copied, all else is HAPI's.
 */
final class PortionStore {

    private static final int FIRST_FAULT_OF_SERVER = 500;

    private final TransactionTemplate transactions;
    private final VitalTransaction vitals;
    private final IFhirSystemDao<Bundle, Meta> storage;
    private final SentIdentifierTable identifiers;
    private final BulkWrites writes;
    private final LineReader reader;
    private final Clock clock;

    /** @param transactions of the FHIR storage */
    PortionStore(
            TransactionTemplate transactions,
            VitalTransaction vitals,
            IFhirSystemDao<Bundle, Meta> storage,
            SentIdentifierTable identifiers,
            BulkWrites writes,
            LineReader reader,
            Clock clock) {
        this.transactions = transactions;
        this.vitals = vitals;
        this.storage = storage;
        this.identifiers = identifiers;
        this.writes = writes;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Stores lines that follow each other. When the storage does not take them together, they are stored by halves, so that
     * in the end the line itself is refused that it does not take.
     *
     * @return how many were refused
     */
    int store(ImportLease lease, ImportedFile file, List<Line> lines) {
        try {
            return attempt(lease, file, lines);
        } catch (BaseServerResponseException refused) {
            if (refused.getStatusCode() >= FIRST_FAULT_OF_SERVER) {
                throw refused;
            }
        } catch (DataIntegrityViolationException another) {
            // Somebody stores the same at the same moment; it is recognised when it is tried again.
        }
        if (lines.size() > 1) {
            int half = lines.size() / 2;
            return store(lease, file, lines.subList(0, half)) + store(lease, file, lines.subList(half, lines.size()));
        }
        return last(lease, file, lines);
    }

    /** A line alone has one more attempt: what it met may be there now. */
    private int last(ImportLease lease, ImportedFile file, List<Line> line) {
        try {
            return attempt(lease, file, line);
        } catch (BaseServerResponseException refused) {
            if (refused.getStatusCode() >= FIRST_FAULT_OF_SERVER) {
                throw refused;
            }
            Portion none = new Portion();
            none.refuse(Refusal.of(
                    line.get(0).number(), RequestProblem.IMPORT_LINE, "The storage does not take the record."));
            return commit(lease, file.caller(), none, line.get(0));
        }
    }

    private int attempt(ImportLease lease, ImportedFile file, List<Line> lines) {
        return commit(lease, file.caller(), decided(file, lines), lines.get(lines.size() - 1));
    }

    /** A record is read anew for each attempt, since the storage's hooks change it. */
    private Portion decided(ImportedFile file, List<Line> lines) {
        Portion portion = new Portion();
        List<Candidate> read = new ArrayList<>(lines.size());
        for (Line line : lines) {
            reader.read(line, file.type(), file.caller(), portion)
                    .ifPresent(write -> read.add(new Candidate(line.number(), write)));
        }
        List<BulkWrites.Verdict> verdicts =
                writes.check(file.caller(), read.stream().map(Candidate::write).toList(), clock.instant());
        List<Candidate> good = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            if (verdicts.get(i).isGood()) {
                good.add(read.get(i));
            } else {
                portion.refuse(Refusal.of(read.get(i).line(), verdicts.get(i)));
            }
        }
        StoredAlready already = new StoredAlready(writes, identifiers, file.caller(), good);
        for (Candidate candidate : good) {
            if (!already.settles(candidate, portion)) {
                sort(candidate, portion);
            }
        }
        return portion;
    }

    private static void sort(Candidate candidate, Portion portion) {
        RequestedWrite write = candidate.write();
        boolean copied = write.id() == null
                && write.ifNoneExist() == null
                && write.resource() instanceof Observation vital
                && PlainVital.isPlain(vital);
        if (copied) {
            portion.vital(candidate);
        } else {
            portion.other(candidate);
        }
    }

    private int commit(ImportLease lease, Caller caller, Portion portion, Line last) {
        Set<UUID> patients = Objects.requireNonNull(transactions.execute(status -> {
            List<Candidate> created = write(caller, portion);
            Set<UUID> concerned = created.stream()
                    .flatMap(candidate -> patients(candidate.write()))
                    .flatMap(id -> ResourceIds.parse(id).stream())
                    .collect(Collectors.toSet());
            lease.cameForward(
                    last.number(), last.end(), created.size(), portion.countKnown(), portion.refusals(), concerned);
            return concerned;
        }));
        lease.named(patients);
        return portion.refusals().size();
    }

    /** @return what is new */
    private List<Candidate> write(Caller caller, Portion portion) {
        SystemRequestDetails request = new SystemRequestDetails();
        CurrentCaller.set(request, caller);
        List<Observation> copied = portion.vitals();
        if (!copied.isEmpty() && !vitals.store(request, copied)) {
            portion.leaveVitalsToHapi();
        }
        List<Candidate> created = portion.stored();
        List<Candidate> others = portion.others();
        if (others.isEmpty()) {
            return created;
        }
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        others.forEach(candidate -> bundle.addEntry(entry(candidate.write())));
        Bundle answer = storage.transactionNested(request, bundle);
        for (int i = 0; i < others.size(); i++) {
            if (answer.getEntry().get(i).getResponse().getStatus().startsWith("200")) {
                created.remove(others.get(i));
                found(others.get(i), answer.getEntry().get(i).getResponse().getLocation(), portion);
            }
        }
        return created;
    }

    /** The storage has found what the condition is about. */
    private void found(Candidate candidate, String location, Portion portion) {
        Resource stored = writes.current(candidate.write().resourceType(), new IdType(location).getIdPart())
                .orElseThrow(() -> new IllegalStateException("The storage found a record that is not there."));
        StoredAlready.settle(candidate, stored, portion);
    }

    private static BundleEntryComponent entry(RequestedWrite write) {
        BundleEntryComponent entry = new BundleEntryComponent().setResource(write.resource());
        if (write.id() != null) {
            entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(write.path());
        } else {
            SentIdentifier.of(write.resource()).stream()
                    .findFirst()
                    .ifPresent(identifier -> identifier.attachAsOnly(write.resource()));
            entry.getRequest()
                    .setMethod(HTTPVerb.POST)
                    .setUrl(write.resourceType())
                    .setIfNoneExist(write.ifNoneExist());
        }
        return entry;
    }

    private static Stream<String> patients(RequestedWrite write) {
        if (write.resource() instanceof Patient patient) {
            return Stream.of(patient.getIdElement().getIdPart());
        }
        return RecordOwners.ownerReferences(write.resource()).stream()
                .map(reference -> reference.getReferenceElement())
                .filter(reference -> "Patient".equals(reference.getResourceType()))
                .map(reference -> reference.getIdPart());
    }
}
