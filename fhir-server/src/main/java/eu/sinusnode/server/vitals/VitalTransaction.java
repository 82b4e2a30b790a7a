package eu.sinusnode.server.vitals;

import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.cache.IResourceTypeCacheSvc;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.server.util.CompositeInterceptorBroadcaster;
import eu.sinusnode.server.copies.Hooks;
import eu.sinusnode.server.copies.NewRecord;
import eu.sinusnode.server.copies.NewRows;
import eu.sinusnode.server.copies.StoredTargets;
import eu.sinusnode.server.copies.StoredTargets.Target;
import eu.sinusnode.server.projection.RunningTransaction;
import io.micrometer.core.instrument.Counter;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores a transaction that holds nothing but new vital signs (http.html#transaction), which come by the million. HAPI
 * evaluates a dozen paths for each and gives eighteen rows to Hibernate; here they are read once and written with one COPY
 * a table, in one database transaction. What is stored, what hooks see and what is answered is the same, and anything
 * unusual is left to HAPI.
 */
public final class VitalTransaction {

    private static final String TYPE = "Observation";
    private static final String FIRST_VERSION = "1";

    /** Whoever listens to one of these counts on HAPI's own steps. */
    private static final Set<Pointcut> STEPS_OF_THE_STORAGE = Set.of(
            Pointcut.STORAGE_TRANSACTION_PROCESSING,
            Pointcut.STORAGE_TRANSACTION_PRE_PARTITION,
            Pointcut.STORAGE_TRANSACTION_WRITE_OPERATIONS_PRE,
            Pointcut.STORAGE_TRANSACTION_WRITE_OPERATIONS_POST,
            Pointcut.STORAGE_TRANSACTION_PROCESSED);

    private final TransactionTemplate transactions;
    private final RunningTransaction running;
    private final VitalIndex index;
    private final IResourceTypeCacheSvc types;
    private final IInterceptorBroadcaster hooks;
    private final Counter copied;

    /**
     * @param transactions of the FHIR storage
     * @param copied counts the vital signs that are stored here
     */
    VitalTransaction(
            TransactionTemplate transactions,
            RunningTransaction running,
            VitalIndex index,
            IResourceTypeCacheSvc types,
            IInterceptorBroadcaster hooks,
            Counter copied) {
        this.transactions = transactions;
        this.running = running;
        this.index = index;
        this.types = types;
        this.hooks = hooks;
        this.copied = copied;
    }

    /**
     * The answer, once all of it is stored; empty, and nothing is stored, when the transaction is one for HAPI: when it
     * holds anything else, or refers to what is not there, which HAPI refuses.
     */
    public Optional<Bundle> store(RequestDetails request, Bundle transaction) {
        IInterceptorBroadcaster listeners = CompositeInterceptorBroadcaster.newCompositeBroadcaster(hooks, request);
        if (STEPS_OF_THE_STORAGE.stream().anyMatch(listeners::hasHooks)) {
            return Optional.empty();
        }
        Optional<List<Observation>> vitals = NewVitals.of(transaction);
        if (vitals.isEmpty()) {
            return Optional.empty();
        }
        Bundle answer = transactions.execute(
                status -> write(request, vitals.get(), listeners) ? VitalAnswer.of(request, vitals.get()) : null);
        if (answer != null) {
            copied.increment(vitals.get().size());
        }
        return Optional.ofNullable(answer);
    }

    /**
     * The same for vital signs that come without a Bundle, within the transaction that is running: nobody is answered, and
     * who may write them has been decided.
     *
     * @param vitals of the plainest form, each to be created
     * @return whether they are stored; false, and none is, when they are for HAPI
     */
    public boolean store(RequestDetails request, List<Observation> vitals) {
        IInterceptorBroadcaster listeners = CompositeInterceptorBroadcaster.newCompositeBroadcaster(hooks, request);
        if (STEPS_OF_THE_STORAGE.stream().anyMatch(listeners::hasHooks) || !write(request, vitals, listeners)) {
            return false;
        }
        copied.increment(vitals.size());
        return true;
    }

    private boolean write(RequestDetails request, List<Observation> vitals, IInterceptorBroadcaster listeners) {
        Set<String> references = vitals.stream()
                .flatMap(NewVitals::references)
                .map(Reference::getReference)
                .collect(Collectors.toSet());
        Hooks told = new Hooks(listeners, request, new TransactionDetails(new Date()));
        boolean stored = running.execute(connection -> {
            Map<String, Target> targets = StoredTargets.find(connection, references);
            if (targets.size() < references.size()) {
                return false;
            }
            for (int place = 0; place < vitals.size(); place++) {
                name(vitals.get(place), place, told);
            }
            NewRows.write(connection, TYPE, types.getResourceTypeId(TYPE), read(vitals, told.at()), targets, told.at());
            return true;
        });
        if (stored) {
            vitals.forEach(told::beforeCommit);
        }
        return stored;
    }

    /** @throws IllegalStateException when a hook made something else of it, which is not known here */
    private static void name(Observation vital, int place, Hooks told) {
        vital.setId(VitalId.of(told.at(), place).toString());
        told.beforeStorage(vital);
        if (!NewVitals.isPlain(vital)) {
            throw new IllegalStateException("A hook has made something else of a vital sign of the plainest form.");
        }
    }

    private List<NewRecord> read(List<Observation> vitals, Date at) {
        return vitals.stream()
                .map(vital -> {
                    String id = vital.getIdElement().getIdPart();
                    vital.setId(new IdType(TYPE, id, FIRST_VERSION));
                    vital.getMeta().setVersionId(FIRST_VERSION).setLastUpdated(at);
                    return index.read(vital, id, VitalJson.of(vital));
                })
                .toList();
    }
}
