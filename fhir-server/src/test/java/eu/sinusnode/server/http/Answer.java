package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** What the server answered. */
public record Answer(int status, String body, HttpResponse<String> response) {

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public Resource resource() {
        return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(body);
    }

    public Bundle bundle() {
        return (Bundle) resource();
    }

    public OperationOutcome outcome() {
        return (OperationOutcome) resource();
    }

    /** Codes of the outcome's issues. */
    public List<String> codes() {
        return outcome().getIssue().stream()
                .map(issue -> issue.getDetails().getCodingFirstRep().getCode())
                .toList();
    }
}
