package eu.sinusnode.server.interactions;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.KnownGoneException;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.narrowing.HistoryNarrowing;
import eu.sinusnode.policy.narrowing.HistoryNarrowing.Reach;
import eu.sinusnode.policy.narrowing.HistoryPages;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.interactions.VersionTable.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Earlier versions (http.html#vread, http.html#history). A record that is hidden now answers like one that does not exist,
 * whatever it was before; of one that may be seen, each version is decided by itself, and that it was deleted is told to
 * those who might have read what was deleted.
 */
public final class Histories {

    /** How many versions one page looks at; hidden ones count too, so that a page ends. */
    private static final int MOST_LOOKED_AT = 2_000;

    private final VersionTable versions;
    private final StoredRecords stored;
    private final DisclosureGate gate;
    private final HistoryNarrowing narrowing;
    private final RequestScope scope;
    private final int pageSize;
    private final int maxPageSize;

    public Histories(
            VersionTable versions,
            StoredRecords stored,
            DisclosureGate gate,
            HistoryNarrowing narrowing,
            RequestScope scope,
            int pageSize,
            int maxPageSize) {
        this.versions = versions;
        this.stored = stored;
        this.gate = gate;
        this.narrowing = narrowing;
        this.scope = scope;
        this.pageSize = pageSize;
        this.maxPageSize = maxPageSize;
    }

    /** What answers a read of a deleted record: 410 for those who might have read it, else as for an unknown id. */
    public RuntimeException gone(String resourceType, IIdType id, RequestDetails request) {
        boolean known = stored.beforeDeletion(resourceType, id.getIdPart())
                .filter(last -> gate.mayHave(request, last))
                .isPresent();
        return known
                ? new KnownGoneException("The record was deleted.")
                : new ResourceNotFoundException(id.toUnqualifiedVersionless());
    }

    /** @throws ResourceNotFoundException when the caller may not have the record as it is now, or as it was deleted */
    public void requireVisible(String resourceType, IIdType id, RequestDetails request) {
        boolean visible = now(resourceType, id.getIdPart())
                .filter(record -> gate.mayHave(request, record))
                .isPresent();
        if (!visible) {
            throw new ResourceNotFoundException(id.toUnqualifiedVersionless());
        }
    }

    private Optional<Resource> now(String resourceType, String id) {
        return stored.current(resourceType, id).or(() -> stored.beforeDeletion(resourceType, id));
    }

    /** @param type as FHIR names it */
    public <T extends IBaseResource> IBundleProvider ofRecord(
            String type,
            IFhirResourceDao<T> dao,
            IIdType id,
            HistoryWindow window,
            @Nullable Integer count,
            RequestDetails request) {
        requireVisible(type, id, request);
        return page(
                type,
                dao,
                request,
                count,
                after -> versions.ofRecord(type, id.getIdPart(), window, after, size(count) + 1));
    }

    /** @param type as FHIR names it */
    public <T extends IBaseResource> IBundleProvider ofType(
            String type,
            IFhirResourceDao<T> dao,
            HistoryWindow window,
            @Nullable Integer count,
            RequestDetails request) {
        Reach reach = narrowing.reach(CurrentCaller.require(request), type, scope.standings(request));
        int most = size(count) + 1;
        if (reach instanceof Reach.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        return page(
                type,
                dao,
                request,
                count,
                after -> reach instanceof Reach.OfPatients some
                        ? versions.ofPatients(type, some.patientIds(), window, after, most)
                        : versions.ofDirectory(type, window, after, most));
    }

    private int size(@Nullable Integer count) {
        return count == null ? pageSize : Math.min(Math.max(count, 1), maxPageSize);
    }

    /** One more than fits tells whether there is a next page. */
    private <T extends IBaseResource> IBundleProvider page(
            String type,
            IFhirResourceDao<T> dao,
            RequestDetails request,
            @Nullable Integer count,
            Function<@Nullable VersionKey, List<Version>> query) {
        int size = size(count);
        List<IBaseResource> shown = new ArrayList<>();
        VersionKey at = HistoryPages.asked(request).flatMap(VersionKey::parse).orElse(null);
        int lookedAt = 0;
        boolean more = true;
        while (more && shown.size() < size && lookedAt < MOST_LOOKED_AT) {
            List<Version> next = query.apply(at);
            more = next.size() > size;
            for (Version version : next) {
                if (shown.size() == size) {
                    more = true;
                    break;
                }
                at = version.key();
                lookedAt++;
                show(type, dao, request, version).ifPresent(shown::add);
            }
        }
        HistoryPages.setNext(request, more && at != null ? at.text() : null);
        return new SimpleBundleProvider(shown);
    }

    /** Empty for a version that the caller may not have. */
    private <T extends IBaseResource> Optional<IBaseResource> show(
            String type, IFhirResourceDao<T> dao, RequestDetails request, Version version) {
        VersionKey key = version.key();
        Resource decided = read(type, dao, key.id(), version.deleted() ? key.version() - 1 : key.version());
        if (!gate.mayHave(request, decided)) {
            return Optional.empty();
        }
        if (!version.deleted()) {
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(
                    decided,
                    key.version() == 1 ? BundleEntryTransactionMethodEnum.POST : BundleEntryTransactionMethodEnum.PUT);
            return Optional.of(decided);
        }
        Resource deletion = read(type, dao, key.id(), key.version());
        ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(deletion, BundleEntryTransactionMethodEnum.DELETE);
        return Optional.of(deletion);
    }

    private static <T extends IBaseResource> Resource read(
            String type, IFhirResourceDao<T> dao, String id, long version) {
        return (Resource) dao.read(new IdType(type, id, Long.toString(version)), new SystemRequestDetails(), true);
    }
}
