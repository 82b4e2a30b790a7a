package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** What the server answered. */
record Answer(int status, String body, HttpResponse<String> response) {

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    Resource resource() {
        return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(body);
    }

    Bundle bundle() {
        return (Bundle) resource();
    }

    OperationOutcome outcome() {
        return (OperationOutcome) resource();
    }

    /** Codes of the outcome's issues. */
    List<String> codes() {
        return outcome().getIssue().stream()
                .map(issue -> issue.getDetails().getCodingFirstRep().getCode())
                .toList();
    }
}
