package eu.sinusnode.server.projection;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects what a transaction stores and hands it to the {@link Projection}s once, before the commit.
 *
 * <p>HAPI calls the three pointcuts inside the database transaction: for a single write as it happens, for a
 * transaction Bundle after all its entries. Collecting first lets a Bundle of a hundred vitals become one statement. A
 * transaction that HAPI tries again starts with an empty collection.
 */
@Interceptor
public class ProjectionInterceptor {

    private final List<Projection> projections;

    /** @param projections in the order in which they are applied */
    public ProjectionInterceptor(List<Projection> projections) {
        this.projections = List.copyOf(projections);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        collect(ResourceChange.Kind.CREATED, resource, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        collect(ResourceChange.Kind.UPDATED, resource, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource, @Nullable RequestDetails request) {
        collect(ResourceChange.Kind.DELETED, resource, request);
    }

    private void collect(ResourceChange.Kind kind, IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof Resource r4) {
            Sender sender = Optional.ofNullable(request)
                    .flatMap(CurrentCaller::find)
                    .map(Sender::of)
                    .orElse(Sender.SERVER);
            collected().changes.add(new ResourceChange(kind, r4, sender));
        }
    }

    private Collected collected() {
        // Looked up among the transaction's own synchronizations, so that a transaction nested in another one
        // (REQUIRES_NEW) never finds the collection of the outer one.
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Collected collected && collected.owner() == this) {
                return collected;
            }
        }
        Collected collected = new Collected();
        TransactionSynchronizationManager.registerSynchronization(collected);
        return collected;
    }

    private final class Collected implements TransactionSynchronization {
        private final List<ResourceChange> changes = new ArrayList<>();

        private ProjectionInterceptor owner() {
            return ProjectionInterceptor.this;
        }

        /** Whoever writes the same rows at the same moment comes to them before the storage sees its own conflict. */
        @Override
        public void beforeCommit(boolean readOnly) {
            try {
                for (Projection projection : projections) {
                    projection.apply(changes);
                }
            } catch (DuplicateKeyException | ConcurrencyFailureException another) {
                BaseServerResponseException conflict = Problems.exception(RequestProblem.CHANGED_MEANWHILE);
                conflict.initCause(another);
                throw conflict;
            }
        }
    }
}
