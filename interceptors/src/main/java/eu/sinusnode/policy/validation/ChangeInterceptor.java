package eu.sinusnode.policy.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Patches;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.authorization.RequestedChange;
import eu.sinusnode.policy.authorization.RequestedChange.Verb;
import eu.sinusnode.policy.authorization.RequestedChanges;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.narrowing.ConditionSearch;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.UnmetCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Settles what each change comes to: a condition becomes the record that it finds, a patch the record as it will be, a
 * delete the record that goes. What follows then knows creates, updates and deletes of named records alone, and a patched
 * record goes the whole way of one that was sent. What is there decides on what may take its place, so the version that is
 * decided on is replaced or deleted, or none.
 */
@Interceptor
public final class ChangeInterceptor {

    private final AuthorizationPolicy authorization;
    private final StoredVersionPolicy storedVersions;
    private final ConditionSearch conditions;
    private final Patches patches;
    private final StoredRecords storedRecords;
    private final RequestScope scope;

    public ChangeInterceptor(
            AuthorizationPolicy authorization,
            StoredVersionPolicy storedVersions,
            ConditionSearch conditions,
            Patches patches,
            StoredRecords storedRecords,
            RequestScope scope) {
        this.authorization = authorization;
        this.storedVersions = storedVersions;
        this.conditions = conditions;
        this.patches = patches;
        this.storedRecords = storedRecords;
        this.scope = scope;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.CHANGES)
    public void settle(RequestDetails request) {
        List<RequestedChange> changes = RequestedChanges.of(request);
        if (changes.isEmpty()) {
            return;
        }
        scope.references(request)
                .expect(changes.stream()
                        .filter(change -> change.id() != null)
                        .map(change -> change.resourceType() + "/" + change.id())
                        .toList());
        List<RequestedWrite> writes = new ArrayList<>();
        for (RequestedChange change : changes) {
            settle(request, change).ifPresent(writes::add);
        }
        distinct(request, writes);
        RequestedWrites.set(request, writes);
        if (request.getResource() instanceof Bundle bundle && changes.get(0).entry() >= 0) {
            SettledEntries.write(bundle, changes, writes);
        }
    }

    /** Empty when nothing is to be done: what was to be deleted is not there. */
    private Optional<RequestedWrite> settle(RequestDetails request, RequestedChange change) {
        if (change.verb() == Verb.CREATE) {
            return Optional.of(change.toWrite(
                    Interaction.CREATE, Objects.requireNonNull(change.resource(), "a create has a resource"), null));
        }
        if (change.condition() == null) {
            return ofRecord(request, change, Objects.requireNonNull(change.id(), "a change names its record"));
        }
        SearchRequest condition = conditions.narrow(request, change.resourceType(), change.condition());
        Optional<String> id = found(request, change, condition);
        if (id.isPresent()) {
            return ofRecord(request, change, id.get());
        }
        return switch (change.verb()) {
            case UPDATE -> Optional.of(create(request, change, new UnmetCondition(change.condition(), condition)));
            case DELETE -> Optional.empty();
            default ->
                throw refusal(
                        request,
                        change.resourceType(),
                        new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "the condition finds no record"));
        };
    }

    private Optional<String> found(RequestDetails request, RequestedChange change, SearchRequest condition) {
        List<String> ids = conditions.ids(condition);
        if (ids.size() > 1) {
            throw Problems.exception(RequestProblem.SEVERAL_MATCHES);
        }
        String sentId = SentId.of(request, change);
        if (sentId != null && !ids.isEmpty() && !ids.contains(sentId)) {
            throw Problems.exception(RequestProblem.ID_MISMATCH);
        }
        if (sentId != null && ids.isEmpty()) {
            throw refusal(
                    request,
                    change.resourceType() + "/" + sentId,
                    new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "the condition finds no record to update"));
        }
        return ids.stream().findFirst();
    }

    /** A conditional update that finds nothing creates, if the caller may. */
    private RequestedWrite create(RequestDetails request, RequestedChange change, UnmetCondition condition) {
        Decision open = authorization.decide(CurrentCaller.require(request), change.resourceType(), Interaction.CREATE);
        if (open instanceof Decision.Deny deny) {
            throw refusal(request, change.resourceType(), deny);
        }
        Resource created = Objects.requireNonNull(change.resource(), "an update has a resource");
        condition.attach(created);
        return change.toWrite(Interaction.CREATE, created, null, null);
    }

    private Optional<RequestedWrite> ofRecord(RequestDetails request, RequestedChange change, String id) {
        if (change.verb() == Verb.UPDATE) {
            Resource resource = Objects.requireNonNull(change.resource(), "an update has a resource");
            if (change.condition() != null) {
                resource.setId(change.resourceType() + "/" + id);
            }
            String version = change.ifMatch() == null ? storedVersion(request, change, id) : change.ifMatch();
            return Optional.of(change.toWrite(Interaction.UPDATE, resource, id, version));
        }
        String path = change.resourceType() + "/" + id;
        Optional<Resource> stored = scope.references(request).find(path);
        if (stored.isEmpty()) {
            if (change.verb() == Verb.DELETE && isKnownToBeGone(request, change, id)) {
                return Optional.empty();
            }
            throw refusal(request, path, new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored"));
        }
        if (change.verb() == Verb.PATCH) {
            decide(request, path, Interaction.READ, stored.get());
        }
        decide(request, path, change.verb().interaction(), stored.get());
        String version = StoredVersionPolicy.version(stored.get());
        requireVersion(change, version);
        return Optional.of(
                change.verb() == Verb.DELETE
                        ? change.toWrite(Interaction.DELETE, stored.get(), id, version)
                        : patched(change, id, stored.get(), version));
    }

    /** Null when the update stores a new record. */
    private @Nullable String storedVersion(RequestDetails request, RequestedChange change, String id) {
        return scope.references(request)
                .find(change.resourceType() + "/" + id)
                .map(StoredVersionPolicy::version)
                .orElse(null);
    }

    /** What is stored is the version that was patched, or nothing. */
    private RequestedWrite patched(RequestedChange change, String id, Resource stored, String version) {
        Resource patched = patches.apply(Objects.requireNonNull(change.patch(), "a patch"), stored);
        if (!id.equals(patched.getIdElement().getIdPart())) {
            throw Problems.exception(RequestProblem.PATCH_FAILED, "A patch does not change the id of a record.");
        }
        return change.toWrite(Interaction.UPDATE, patched, id, version);
    }

    /**
     * The storage holds an update to its version, and a delete only where it comes alone: within a transaction it would
     * delete whatever is there by then.
     */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    public void requireDecided(IBaseResource goes, @Nullable RequestDetails request) {
        IIdType id = goes.getIdElement();
        String path = id.getResourceType() + "/" + id.getIdPart();
        boolean another = Stream.ofNullable(request)
                .flatMap(of -> RequestedWrites.of(of).stream())
                .filter(write -> write.interaction() == Interaction.DELETE && path.equals(write.path()))
                .anyMatch(write -> !Objects.equals(write.ifMatch(), id.getVersionIdPart()));
        if (another) {
            throw Problems.exception(RequestProblem.CHANGED_MEANWHILE);
        }
    }

    private static void requireVersion(RequestedChange change, String version) {
        if (change.ifMatch() != null && !change.ifMatch().equals(version)) {
            throw Problems.exception(RequestProblem.VERSION_MISMATCH);
        }
    }

    /** To delete once more what is deleted already is no fault, for those who might know of it. */
    private boolean isKnownToBeGone(RequestDetails request, RequestedChange change, String id) {
        Caller caller = CurrentCaller.require(request);
        return storedRecords
                .beforeDeletion(change.resourceType(), id)
                .map(last -> storedVersions.decide(
                        caller,
                        Interaction.DELETE,
                        id,
                        Optional.of(last),
                        scope.references(request),
                        scope.standings(request)))
                .filter(Decision.Permit.class::isInstance)
                .isPresent();
    }

    private void decide(RequestDetails request, String path, Interaction interaction, Resource stored) {
        Decision decision = storedVersions.decide(
                CurrentCaller.require(request),
                interaction,
                stored.getIdElement().getIdPart(),
                Optional.of(stored),
                scope.references(request),
                scope.standings(request));
        if (decision instanceof Decision.Deny deny) {
            throw refusal(request, path, deny);
        }
    }

    /** Conditions may lead two entries to one record. */
    private static void distinct(RequestDetails request, List<RequestedWrite> writes) {
        long named = writes.stream().filter(write -> write.id() != null).count();
        long distinct = writes.stream()
                .filter(write -> write.id() != null)
                .map(RequestedWrite::path)
                .distinct()
                .count();
        if (distinct < named) {
            throw DenialLedger.refuse(
                    request, new Decision.Deny(DenialCode.BUNDLE, "two entries are for the same record"), null);
        }
    }

    private static RuntimeException refusal(RequestDetails request, String path, Decision.Deny deny) {
        DenialLedger.note(request, deny, null);
        return Denials.exception(deny, path);
    }
}
