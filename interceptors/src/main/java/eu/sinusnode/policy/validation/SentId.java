package eu.sinusnode.policy.validation;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.authorization.RequestedChange;
import eu.sinusnode.policy.authorization.RequestedChange.Verb;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The id in the body of a conditional update: HAPI takes it off the resource, so it is read from the body again. */
final class SentId {

    private SentId() {}

    static @Nullable String of(RequestDetails request, RequestedChange change) {
        if (change.verb() != Verb.UPDATE || change.entry() >= 0) {
            return null;
        }
        EncodingEnum encoding = EncodingEnum.forContentType(request.getHeader("Content-Type"));
        if (encoding == null) {
            return null;
        }
        return encoding.newParser(request.getFhirContext())
                .parseResource(new String(request.loadRequestContents(), StandardCharsets.UTF_8))
                .getIdElement()
                .getIdPart();
    }
}
