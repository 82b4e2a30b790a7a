package eu.sinusnode.server.interactions;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.KnownGoneException;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.narrowing.HistoryNarrowing;
import eu.sinusnode.policy.narrowing.HistoryNarrowing.Reach;
import eu.sinusnode.policy.narrowing.HistoryPages;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.interactions.VersionTable.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** How many versions of the patients whom it is about one page decides on, so that it ends. */
    private static final int MOST_DECIDED = 20_000;

    private static final int AT_ONCE = 200;
    private static final Decision.Deny TOO_WIDE = new Decision.Deny(
            DenialCode.SEARCH_TOO_WIDE,
            "the next version of this history lies behind more others than are looked at; ask for a time before them"
                    + " (_at=lt…) or after them (_since=…)");

    private final VersionTable versions;
    private final PermittedVersions permitted;
    private final VersionContents contents;
    private final StoredRecords stored;
    private final DisclosureGate gate;
    private final HistoryNarrowing narrowing;
    private final RequestScope scope;
    private final int pageSize;
    private final int maxPageSize;

    public Histories(
            VersionTable versions,
            PermittedVersions permitted,
            VersionContents contents,
            StoredRecords stored,
            DisclosureGate gate,
            HistoryNarrowing narrowing,
            RequestScope scope,
            int pageSize,
            int maxPageSize) {
        this.versions = versions;
        this.permitted = permitted;
        this.contents = contents;
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
                type, dao, request, count, after -> versions.ofRecord(type, id.getIdPart(), window, after, AT_ONCE));
    }

    /** @param type as FHIR names it */
    public <T extends IBaseResource> IBundleProvider ofType(
            String type,
            IFhirResourceDao<T> dao,
            HistoryWindow window,
            @Nullable Integer count,
            RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        PatientStandings standings = scope.standings(request);
        Reach reach = narrowing.reach(caller, type, standings);
        if (reach instanceof Reach.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        if (reach instanceof Reach.OfPermitted) {
            PermittedVersions.Walk walk = permitted.walk(type, window, caller, standings.at());
            return page(type, dao, request, count, after -> walk.next(after, AT_ONCE)
                    .orElseThrow(() -> DenialLedger.refuse(request, TOO_WIDE, null)));
        }
        return page(
                type,
                dao,
                request,
                count,
                after -> reach instanceof Reach.OfPatients some
                        ? versions.ofPatients(type, some.patientIds(), window, after, AT_ONCE)
                        : versions.ofType(type, window, after, AT_ONCE));
    }

    private int size(@Nullable Integer count) {
        return count == null ? pageSize : Math.min(Math.max(count, 1), maxPageSize);
    }

    /**
     * One more than fits tells whether there is a next page, which begins behind the last one that is shown: neither tells
     * of a version that the caller may not have.
     */
    private <T extends IBaseResource> IBundleProvider page(
            String type,
            IFhirResourceDao<T> dao,
            RequestDetails request,
            @Nullable Integer count,
            Function<@Nullable VersionKey, List<Version>> query) {
        int size = size(count);
        List<Version> shown = new ArrayList<>();
        VersionKey at = HistoryPages.asked(request).flatMap(VersionKey::parse).orElse(null);
        int decided = 0;
        boolean more = true;
        while (more && shown.size() <= size) {
            List<Version> next = query.apply(at);
            more = next.size() == AT_ONCE;
            Map<VersionKey, Resource> told = contents.of(next);
            for (int i = 0; i < next.size() && shown.size() <= size; i++) {
                Version version = next.get(i);
                at = version.key();
                Resource content = told.get(at);
                if (gate.mayHave(
                        request, content == null ? read(type, dao, at.id(), VersionContents.told(version)) : content)) {
                    shown.add(version);
                }
                if (++decided > MOST_DECIDED) {
                    throw DenialLedger.refuse(request, TOO_WIDE, null);
                }
            }
        }
        boolean goesOn = shown.size() > size;
        HistoryPages.setNext(request, goesOn ? shown.get(size - 1).key().text() : null);
        return new SimpleBundleProvider(shown.subList(0, goesOn ? size : shown.size()).stream()
                .map(version -> entry(type, dao, version))
                .toList());
    }

    /** As the storage gives it, with how it came about (http.html#history). */
    private static <T extends IBaseResource> IBaseResource entry(
            String type, IFhirResourceDao<T> dao, Version version) {
        VersionKey key = version.key();
        Resource entry = read(type, dao, key.id(), key.version());
        ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(
                entry,
                version.deleted()
                        ? BundleEntryTransactionMethodEnum.DELETE
                        : key.version() == 1
                                ? BundleEntryTransactionMethodEnum.POST
                                : BundleEntryTransactionMethodEnum.PUT);
        return entry;
    }

    private static <T extends IBaseResource> Resource read(
            String type, IFhirResourceDao<T> dao, String id, long version) {
        return (Resource) dao.read(new IdType(type, id, Long.toString(version)), new SystemRequestDetails(), true);
    }
}
