package eu.sinusnode.policy.testing;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Parameters;

/** The open operation, and one that a storage would bring along. */
public final class MemoryOperations {

    @Operation(name = "$vital-readings", manualResponse = true, idempotent = true)
    public void vitalReadings(ServletRequestDetails request) throws IOException {
        request.getServletResponse().setContentType("application/fhir+ndjson");
        request.getServletResponse().getWriter().write("{\"kind\":\"end\"}\n");
    }

    @Operation(name = "$meta", typeName = "Observation", idempotent = true)
    public Parameters meta(@IdParam IIdType id) {
        return new Parameters();
    }

    /** Like a search; it finds nothing here. */
    @Operation(name = "$lastn", typeName = "Observation", idempotent = true)
    public Bundle lastN() {
        return new Bundle().setType(BundleType.SEARCHSET);
    }
}
