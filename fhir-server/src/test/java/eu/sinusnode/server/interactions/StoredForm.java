package eu.sinusnode.server.interactions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** A record as HAPI's storage writes it, as it comes out of it, and as HAPI's encoder answers with it. */
final class StoredForm {

    static final String BASE = "https://fhir.example.eu/fhir";

    private final FhirContext context = FhirContext.forR4Cached();

    /** As HAPI's storage asks its encoder, which begins meta even when nothing of it is left. */
    String stored(Resource record) {
        Resource versioned = record.copy();
        versioned.getMeta().setVersionId("1");
        IParser parser = context.newJsonParser();
        parser.setDontEncodeElements(List.of(
                "id",
                record.fhirType() + ".meta.versionId",
                record.fhirType() + ".meta.lastUpdated",
                record.fhirType() + ".meta.source"));
        return parser.encodeResourceToString(versioned);
    }

    Resource decoded(String stored, Resource record) {
        Resource decoded = (Resource) context.newJsonParser().parseResource(stored);
        decoded.setId(record.fhirType() + "/0b1c8a1e-96a0-4a65-8f39-2a2d1c1f9f10/_history/3");
        decoded.getMeta().setVersionId("3").setLastUpdated(new Date(1_764_000_000_123L));
        if (record.getMeta().hasSource()) {
            decoded.getMeta().setSource(record.getMeta().getSource());
        }
        return decoded;
    }

    String encoded(Resource record) {
        return encoder().encodeResourceToString(record);
    }

    IParser encoder() {
        return context.newJsonParser().setServerBaseUrl(BASE);
    }
}
