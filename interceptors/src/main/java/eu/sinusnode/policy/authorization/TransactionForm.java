package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the writes out of a transaction and refuses every form of entry that is not open.
 *
 * <p>An entry's fullUrl and a new record's own id are names that the storage puts new ids in place of, all over the
 * bundle. They must not be able to stand for a record that exists, or a reference that was checked would end elsewhere:
 * a new record is called {@code urn:uuid:…} and carries no id.
 */
public final class TransactionForm {

    private static final Pattern UPDATE = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern PLACEHOLDER = Pattern.compile("urn:uuid:[0-9A-Za-z\\-]{1,64}");

    /** What came of a Bundle. */
    public sealed interface Reading {
        record Writes(List<RequestedWrite> writes) implements Reading {}

        record Refused(Decision.Deny deny) implements Reading {}
    }

    private static final class NotOpen extends RuntimeException {
        private NotOpen(String reason) {
            super(reason, null, false, false);
        }
    }

    public Reading read(Bundle bundle) {
        try {
            return new Reading.Writes(writes(bundle));
        } catch (NotOpen e) {
            return new Reading.Refused(new Decision.Deny(DenialCode.BUNDLE, String.valueOf(e.getMessage())));
        }
    }

    private static List<RequestedWrite> writes(Bundle bundle) {
        if (bundle.getType() != BundleType.TRANSACTION) {
            throw new NotOpen("Bundle.type must be transaction");
        }
        List<RequestedWrite> writes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            RequestedWrite write = write(bundle.getEntry().get(i), "Bundle.entry[" + i + "]");
            boolean updatedTwice = write.id() != null && !names.add(write.path());
            boolean calledTwice = write.placeholder() != null && !names.add(write.placeholder());
            if (updatedTwice || calledTwice) {
                throw new NotOpen("Bundle.entry[" + i + "] names a record that an earlier entry has");
            }
            writes.add(write);
        }
        return writes;
    }

    private static RequestedWrite write(BundleEntryComponent entry, String at) {
        BundleEntryRequestComponent request = entry.getRequest();
        if (request.hasIfModifiedSince() || request.hasIfNoneMatch()) {
            throw new NotOpen(at + ".request has a condition that is not open");
        }
        if (!entry.hasResource() || request.getMethod() == null || !request.hasUrl()) {
            throw new NotOpen(at + " must have a resource, a request.method and a request.url");
        }
        return switch (request.getMethod()) {
            case POST -> create(entry, at);
            case PUT -> update(entry, at);
            default -> throw new NotOpen(at + ".request.method must be POST or PUT");
        };
    }

    private static RequestedWrite create(BundleEntryComponent entry, String at) {
        Resource resource = entry.getResource();
        BundleEntryRequestComponent request = entry.getRequest();
        if (!request.getUrl().equals(resource.fhirType())) {
            throw new NotOpen(at + ".request.url of a POST must be the resource's type");
        }
        if (bodyId(entry) != null) {
            throw new NotOpen(at + ".resource.id: the server assigns the id of a POST");
        }
        if (request.hasIfMatch()) {
            throw new NotOpen(at + ".request.ifMatch does not fit a POST");
        }
        return new RequestedWrite(
                at + ".resource",
                Interaction.CREATE,
                resource,
                null,
                placeholder(entry.getFullUrl(), at),
                request.hasIfNoneExist() ? request.getIfNoneExist() : null);
    }

    private static RequestedWrite update(BundleEntryComponent entry, String at) {
        Resource resource = entry.getResource();
        Matcher url = UPDATE.matcher(entry.getRequest().getUrl());
        if (!url.matches() || !url.group(1).equals(resource.fhirType())) {
            throw new NotOpen(at + ".request.url of a PUT must be the resource's type and id");
        }
        String id = url.group(2);
        String bodyId = bodyId(entry);
        boolean nameOnly = bodyId == null && resource.getIdElement().hasIdPart();
        if (!nameOnly && !id.equals(bodyId)) {
            throw new NotOpen(at + ".resource.id must be the id in request.url");
        }
        if (entry.getRequest().hasIfNoneExist()) {
            throw new NotOpen(at + ".request.ifNoneExist does not fit a PUT");
        }
        String fullUrl = entry.getFullUrl();
        boolean ownUrl = fullUrl != null && (fullUrl.equals(url.group()) || fullUrl.endsWith("/" + url.group()));
        return new RequestedWrite(
                at + ".resource", Interaction.UPDATE, resource, id, ownUrl ? null : placeholder(fullUrl, at), null);
    }

    /**
     * The id that the entry's resource was sent with. The parser puts a {@code urn:uuid:} fullUrl in its place, and then
     * the URL of the request alone says which record is meant: the storage takes the id from there.
     */
    private static @Nullable String bodyId(BundleEntryComponent entry) {
        IdType id = entry.getResource().getIdElement();
        return id.hasIdPart() && !id.getValue().equals(entry.getFullUrl()) ? id.getIdPart() : null;
    }

    private static @Nullable String placeholder(@Nullable String fullUrl, String at) {
        if (fullUrl == null || fullUrl.isEmpty()) {
            return null;
        }
        if (!PLACEHOLDER.matcher(fullUrl).matches()) {
            throw new NotOpen(at + ".fullUrl must be urn:uuid:… or the record's own URL");
        }
        return fullUrl;
    }
}
