package eu.sinusnode.policy.narrowing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a document (FHIR R4, Documents): a Bundle whose first entry is the Composition. Its entries name each other
 * by fullUrl before they name what is stored.
 */
final class DocumentContent implements References {

    /** They tell of others than the document's subject, or of nothing that a document is about. */
    private static final Set<String> NOT_IN_DOCUMENTS =
            Set.of("AuditEvent", "Bundle", "Consent", "Group", "Subscription");

    private final References stored;
    private final Map<String, Resource> byUrl = new HashMap<>();
    private final List<Resource> resources;
    private final boolean namedHere;

    DocumentContent(Bundle document, References stored) {
        this.stored = stored;
        this.resources = document.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .toList();
        this.namedHere = document.getEntry().stream().allMatch(entry -> isNameHere(entry.getFullUrl()));
        for (BundleEntryComponent entry : document.getEntry()) {
            if (entry.hasFullUrl() && entry.hasResource()) {
                byUrl.put(stored.canonical(entry.getFullUrl()).orElse(entry.getFullUrl()), entry.getResource());
            }
        }
    }

    /** The subject of the Composition; empty for a Bundle that is no document. */
    static Optional<Reference> subject(Resource bundle) {
        return bundle instanceof Bundle document
                        && document.getType() == BundleType.DOCUMENT
                        && document.getEntryFirstRep().getResource() instanceof Composition composition
                ? Optional.of(composition.getSubject())
                : Optional.empty();
    }

    /** What belongs to somebody, the Composition left out; empty when something may not be part of a document. */
    Optional<List<Resource>> parts() {
        boolean allowed = namedHere && resources.stream().allMatch(DocumentContent::isAllowed);
        return allowed ? Optional.of(resources.subList(1, resources.size())) : Optional.empty();
    }

    /** Under another server's address, the Patient/x that an entry names would not be the Patient/x of this one. */
    private boolean isNameHere(@Nullable String fullUrl) {
        return fullUrl == null
                || fullUrl.startsWith("urn:")
                || stored.canonical(fullUrl).isPresent();
    }

    private static boolean isAllowed(@Nullable Resource part) {
        return part != null && !NOT_IN_DOCUMENTS.contains(part.fhirType());
    }

    @Override
    public Optional<String> canonical(String reference) {
        return byUrl.containsKey(reference) ? Optional.of(reference) : stored.canonical(reference);
    }

    @Override
    public Optional<Resource> find(String canonical) {
        Resource inside = byUrl.get(canonical);
        return inside == null ? stored.find(canonical) : Optional.of(inside);
    }

    @Override
    public boolean isBrought(String canonical) {
        return byUrl.containsKey(canonical) || stored.isBrought(canonical);
    }
}
