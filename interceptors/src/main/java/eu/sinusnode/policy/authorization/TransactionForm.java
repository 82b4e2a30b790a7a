package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Patches.Language;
import eu.sinusnode.policy.access.Patches.Patch;
import eu.sinusnode.policy.authorization.RequestedChange.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the changes out of a transaction and refuses every form of entry that is not open.
 *
 * <p>An entry's fullUrl and a new record's own id are names that the storage puts new ids in place of, all over the
 * bundle. They must not be able to stand for a record that exists, or a reference that was checked would end elsewhere:
 * a new record is called {@code urn:uuid:…} and carries no id.
 */
public final class TransactionForm {

    private static final Pattern RECORD = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern CONDITION = Pattern.compile("([A-Z][A-Za-z]+)\\?(.+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("urn:uuid:[0-9A-Za-z\\-]{1,64}");

    /** What came of a Bundle. */
    public sealed interface Reading {
        record Changes(List<RequestedChange> changes) implements Reading {}

        record Refused(Decision.Deny deny) implements Reading {}
    }

    /** Where an entry's request points: at one record, or at what a condition finds. */
    private record Target(
            String resourceType,
            @Nullable String id,
            @Nullable String condition) {

        private static Target of(String url, String at) {
            Matcher record = RECORD.matcher(url);
            if (record.matches()) {
                return new Target(record.group(1), record.group(2), null);
            }
            Matcher condition = CONDITION.matcher(url);
            if (condition.matches()) {
                return new Target(condition.group(1), null, condition.group(2));
            }
            throw new NotOpen(at + ".request.url must be Type/id, or Type?condition");
        }

        private String path() {
            return resourceType + "/" + id;
        }
    }

    private static final class NotOpen extends RuntimeException {
        private NotOpen(String reason) {
            super(reason, null, false, false);
        }
    }

    public Reading read(Bundle bundle) {
        try {
            return new Reading.Changes(changes(bundle));
        } catch (NotOpen e) {
            return new Reading.Refused(new Decision.Deny(DenialCode.BUNDLE, String.valueOf(e.getMessage())));
        }
    }

    private static List<RequestedChange> changes(Bundle bundle) {
        if (bundle.getType() != BundleType.TRANSACTION) {
            throw new NotOpen("Bundle.type must be transaction");
        }
        List<RequestedChange> changes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            RequestedChange change = change(bundle.getEntry().get(i), i);
            if (AccessMatrix.standard().hasOwnSearch(change.resourceType())) {
                throw new NotOpen("Bundle.entry[" + i
                        + "] is of a type with a store of its own: send it by itself or in a" + " batch");
            }
            boolean changedTwice = change.id() != null && !names.add(change.resourceType() + "/" + change.id());
            boolean calledTwice = change.placeholder() != null && !names.add(change.placeholder());
            if (changedTwice || calledTwice) {
                throw new NotOpen("Bundle.entry[" + i + "] names a record that an earlier entry has");
            }
            changes.add(change);
        }
        return changes;
    }

    private static RequestedChange change(BundleEntryComponent entry, int place) {
        String at = "Bundle.entry[" + place + "]";
        BundleEntryRequestComponent request = entry.getRequest();
        if (request.hasIfModifiedSince() || request.hasIfNoneMatch()) {
            throw new NotOpen(at + ".request has a condition that is not open");
        }
        if (request.getMethod() == null || !request.hasUrl()) {
            throw new NotOpen(at + " must have a request.method and a request.url");
        }
        if (request.hasIfNoneExist() && request.getMethod() != Bundle.HTTPVerb.POST) {
            throw new NotOpen(at + ".request.ifNoneExist fits a POST alone");
        }
        return switch (request.getMethod()) {
            case POST -> create(entry, place, at);
            case PUT -> update(entry, place, at);
            case PATCH -> patch(entry, place, at);
            case DELETE -> delete(entry, place, at);
            case GET, HEAD ->
                throw new NotOpen(at + ".request reads; a transaction takes writes alone, so read in a batch after it");
            default -> throw new NotOpen(at + ".request.method must be POST, PUT, PATCH or DELETE");
        };
    }

    private static RequestedChange create(BundleEntryComponent entry, int place, String at) {
        Resource resource = resource(entry, at);
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
        return change(
                entry,
                place,
                Verb.CREATE,
                new Target(resource.fhirType(), null, null),
                null,
                placeholder(entry.getFullUrl(), at));
    }

    private static RequestedChange update(BundleEntryComponent entry, int place, String at) {
        Resource resource = resource(entry, at);
        Target target = Target.of(entry.getRequest().getUrl(), at);
        if (!target.resourceType().equals(resource.fhirType())) {
            throw new NotOpen(at + ".request.url of a PUT must be the resource's type and id");
        }
        if (target.id() == null) {
            if (bodyId(entry) != null) {
                throw new NotOpen(at + ".resource.id: a conditional PUT carries no id");
            }
            return change(entry, place, Verb.UPDATE, target, null, placeholder(entry.getFullUrl(), at));
        }
        String bodyId = bodyId(entry);
        boolean nameOnly = bodyId == null && resource.getIdElement().hasIdPart();
        if (!nameOnly && !target.id().equals(bodyId)) {
            throw new NotOpen(at + ".resource.id must be the id in request.url");
        }
        String fullUrl = entry.getFullUrl();
        boolean ownUrl = fullUrl != null && (fullUrl.equals(target.path()) || fullUrl.endsWith("/" + target.path()));
        return change(entry, place, Verb.UPDATE, target, null, ownUrl ? null : placeholder(fullUrl, at));
    }

    /** A JSON Patch comes as a Binary, a FHIRPath Patch as Parameters. */
    private static RequestedChange patch(BundleEntryComponent entry, int place, String at) {
        Resource body = resource(entry, at);
        Patch patch;
        if (body instanceof Binary binary && "application/json-patch+json".equals(binary.getContentType())) {
            patch = new Patch(Language.JSON_PATCH, new String(binary.getContent(), StandardCharsets.UTF_8));
        } else if (body instanceof Parameters parameters) {
            patch = new Patch(
                    Language.FHIRPATH_JSON,
                    FhirContext.forR4Cached().newJsonParser().encodeResourceToString(parameters));
        } else {
            throw new NotOpen(
                    at + ".resource of a PATCH must be Parameters, or a Binary of application/json-patch+json");
        }
        return change(entry, place, Verb.PATCH, Target.of(entry.getRequest().getUrl(), at), patch, null);
    }

    private static RequestedChange delete(BundleEntryComponent entry, int place, String at) {
        if (entry.hasResource()) {
            throw new NotOpen(at + ".resource does not fit a DELETE");
        }
        return change(entry, place, Verb.DELETE, Target.of(entry.getRequest().getUrl(), at), null, null);
    }

    private static RequestedChange change(
            BundleEntryComponent entry,
            int place,
            Verb verb,
            Target target,
            @Nullable Patch patch,
            @Nullable String placeholder) {
        BundleEntryRequestComponent request = entry.getRequest();
        return new RequestedChange(
                "Bundle.entry[" + place + "].resource",
                place,
                verb,
                target.resourceType(),
                patch == null ? entry.getResource() : null,
                patch,
                target.id(),
                target.condition(),
                placeholder,
                request.hasIfNoneExist() ? request.getIfNoneExist() : null,
                RequestedChanges.version(request.getIfMatch()));
    }

    private static Resource resource(BundleEntryComponent entry, String at) {
        if (!entry.hasResource()) {
            throw new NotOpen(at + " must have a resource");
        }
        return entry.getResource();
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
