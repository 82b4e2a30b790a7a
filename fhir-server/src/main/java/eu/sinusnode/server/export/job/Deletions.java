package eu.sinusnode.server.export.job;

import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** How a line says that a record was deleted (Bulk Data Access IG, "Response - Complete Status", {@code deleted}). */
public final class Deletions {

    private Deletions() {}

    public static Bundle of(String resourceType, String id) {
        Bundle line = new Bundle().setType(BundleType.TRANSACTION);
        line.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl(resourceType + "/" + id);
        return line;
    }

    /** The record that a line is about; empty for a line that is none of {@link #of}. */
    public static Optional<IdType> recordOf(Resource line) {
        return Optional.of(line)
                .filter(Bundle.class::isInstance)
                .map(bundle -> ((Bundle) bundle).getEntryFirstRep().getRequest())
                .filter(request -> request.getMethod() == HTTPVerb.DELETE)
                .map(BundleEntryRequestComponent::getUrl)
                .map(IdType::new);
    }
}
