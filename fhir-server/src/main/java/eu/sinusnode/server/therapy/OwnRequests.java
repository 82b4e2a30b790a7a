package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.authorization.BatchEntry;
import eu.sinusnode.policy.validation.TherapyPlanPolicy;
import eu.sinusnode.server.batch.EntryAnswer;
import eu.sinusnode.server.batch.InnerRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The requests that an operation makes in the name of its caller, one after the other: each is decided and audited as if the
 * caller had sent it, so that the operation can do nothing that the caller could not.
 */
final class OwnRequests implements PlanSearch, Readable {

    private static final int FORBIDDEN = 403;
    private static final int MOST_VERSIONS = 200;

    private final InnerRequests requests;
    private final FhirContext context;
    private final ServletRequestDetails outer;
    private int number;

    OwnRequests(InnerRequests requests, FhirContext context, ServletRequestDetails outer) {
        this.requests = requests;
        this.context = context;
        this.outer = outer;
    }

    /** @throws BaseServerResponseException what the caller's own read is answered */
    <T extends Resource> T read(Class<T> type, String path) {
        EntryAnswer answer = send("GET", path, null, null);
        if (answer.status() >= 300) {
            throw refused(answer);
        }
        return parsed(type, answer);
    }

    /** Empty when the caller may not read it, or there is none. */
    @Override
    public <T extends Resource> Optional<T> readIfOpen(Class<T> type, String path) {
        try {
            return Optional.of(read(type, path));
        } catch (ResourceNotFoundException | ResourceGoneException | ForbiddenOperationException unknown) {
            return Optional.empty();
        }
    }

    /**
     * What a search finds at once.
     *
     * @param whole whether that is all that there is for the caller
     */
    record FirstPage<T>(List<T> records, boolean whole) {}

    /**
     * The first page of a search that is to find all there is.
     *
     * @param query percent-encoded
     * @return nothing, and not the whole, when the caller may not search so
     * @throws BaseServerResponseException when it fails otherwise
     */
    <T extends Resource> FirstPage<T> firstPage(Class<T> type, String query) {
        EntryAnswer answer = send("GET", type.getSimpleName(), query, null);
        return answer.status() == FORBIDDEN ? new FirstPage<>(List.of(), false) : page(type, answer);
    }

    /** As {@link #firstPage}, for what the operation cannot do without. */
    <T extends Resource> FirstPage<T> demandedPage(Class<T> type, String query) {
        return page(type, send("GET", type.getSimpleName(), query, null));
    }

    /**
     * What the caller may read of a type, each record decided by itself: also what no search of the caller finds.
     *
     * @param most how many at most
     * @throws BaseServerResponseException when it fails
     */
    <T extends Resource> FirstPage<T> readable(Class<T> type, String patient, int most) {
        return page(
                type,
                send(
                        "GET",
                        "Patient/" + patient + "/$everything",
                        "_type=" + type.getSimpleName() + "&_count=" + most,
                        null));
    }

    private <T extends Resource> FirstPage<T> page(Class<T> type, EntryAnswer answer) {
        return new FirstPage<>(found(type, answer), parsed(Bundle.class, answer).getLink(Bundle.LINK_NEXT) == null);
    }

    /**
     * The first page of a search.
     *
     * @param query percent-encoded
     * @return empty when the caller may not search so
     * @throws BaseServerResponseException when it fails otherwise
     */
    @Override
    public <T extends Resource> Optional<List<T>> search(Class<T> type, String query) {
        EntryAnswer answer = send("GET", type.getSimpleName(), query, null);
        return answer.status() == FORBIDDEN ? Optional.empty() : Optional.of(found(type, answer));
    }

    /** As {@link #search}, for what the operation cannot do without. */
    @Override
    public <T extends Resource> List<T> find(Class<T> type, String query) {
        return found(type, send("GET", type.getSimpleName(), query, null));
    }

    @Override
    public <T extends Resource> List<T> versions(Class<T> type, IIdType id, Instant since) {
        String path = type.getSimpleName() + "/" + id.getIdPart() + "/_history";
        EntryAnswer answer = send("GET", path, "_at=ge" + since + "&_count=" + MOST_VERSIONS, null);
        List<T> newestFirst = new ArrayList<>(found(type, answer));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private <T extends Resource> List<T> found(Class<T> type, EntryAnswer answer) {
        if (answer.status() >= 300) {
            throw refused(answer);
        }
        return parsed(Bundle.class, answer).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    EntryAnswer transaction(Bundle transaction) {
        return send("POST", "", null, transaction);
    }

    /**
     * A transaction that lets a plan hold which has been looked over in the version that it names.
     *
     * @param release stored with it
     */
    EntryAnswer reviewed(Bundle transaction, Provenance release) {
        number++;
        return requests.send(
                outer,
                new BatchEntry("POST", "", null, Map.of(), transaction),
                number,
                Map.of(TherapyPlanPolicy.REVIEWED, true, ReleaseRecorder.RELEASE, release));
    }

    <T extends Resource> T parsed(Class<T> type, EntryAnswer answer) {
        return context.newJsonParser().parseResource(type, Objects.requireNonNull(answer.content()));
    }

    /** What the caller's own request was answered. */
    BaseServerResponseException refused(EntryAnswer answer) {
        return answer.refusal(context, "Nothing was stored.");
    }

    private EntryAnswer send(String method, String path, @Nullable String query, @Nullable Resource body) {
        number++;
        return requests.send(outer, new BatchEntry(method, path, query, Map.of(), body), number);
    }
}
