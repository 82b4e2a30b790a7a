package eu.sinusnode.server.interactions;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IRestfulResponse;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.RestfulServerUtils.ResponseEncoding;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.DateUtils;
import eu.sinusnode.policy.access.StepOrder;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Answers a read, and a page of a search, with the text that each record is stored as, once every step has looked at the
 * record, instead of having HAPI's encoder write the same characters again, which takes longer than to decide on the
 * record. What asks for another form (XML, a part, indentation) is the encoder's.
 */
@Interceptor
public final class StoredTextInterceptor {

    /** By which a read asks for nothing but the whole record. */
    private static final Set<String> READ_PARAMETERS = Set.of(Constants.PARAM_FORMAT);

    /** By which a search asks for another form of what it finds; each of them may have a modifier. */
    private static final List<String> FORMING_PARAMETERS = List.of(
            Constants.PARAM_PRETTY, Constants.PARAM_SUMMARY, Constants.PARAM_ELEMENTS, Constants.PARAM_NARRATIVE);

    /** @return false when the answer is written */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.STORED_TEXT)
    public boolean write(ServletRequestDetails request, ResponseDetails answer) throws IOException {
        if (answer.getResponseCode() != Constants.STATUS_HTTP_200_OK || !asksForWhole(request)) {
            return true;
        }
        String contentType = json(request);
        Optional<String> text = contentType == null ? Optional.empty() : text(request, answer.getResponseResource());
        if (text.isEmpty()) {
            return true;
        }
        IRestfulResponse response = request.getResponse();
        addHeaders(response, (Resource) answer.getResponseResource(), request.getFhirServerBase());
        Writer writer = response.getResponseWriter(
                Constants.STATUS_HTTP_200_OK, contentType, Constants.CHARSET_NAME_UTF8, request.isRespondGzip());
        writer.write(text.get());
        response.commitResponse(writer);
        return false;
    }

    /** Whether a record, or a page of them, is to leave as it is, and not indented. */
    private static boolean asksForWhole(RequestDetails request) {
        Set<String> parameters = request.getParameters().keySet();
        boolean whole =
                switch (request.getRestOperationType()) {
                    case READ -> READ_PARAMETERS.containsAll(parameters);
                    case SEARCH_TYPE ->
                        parameters.stream()
                                .noneMatch(name -> FORMING_PARAMETERS.stream().anyMatch(name::startsWith));
                    default -> false;
                };
        return whole && !RestfulServerUtils.prettyPrintResponse(request.getServer(), request);
    }

    /** Empty when an object is not the one that was read, or only the encoder knows how it is written. */
    private static Optional<String> text(RequestDetails request, @Nullable IBaseResource answer) {
        if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE) {
            return answer instanceof Bundle page
                    ? StoredPage.answer(page, encoder(request), record -> textOf(request, record))
                    : Optional.empty();
        }
        return answer instanceof Resource record ? textOf(request, record) : Optional.empty();
    }

    private static Optional<String> textOf(RequestDetails request, Resource record) {
        return KeptTexts.of(request, record)
                .flatMap(stored -> StoredText.answer(stored, record, request.getFhirServerBase()));
    }

    private static IParser encoder(RequestDetails request) {
        return request.getFhirContext().newJsonParser().setServerBaseUrl(request.getFhirServerBase());
    }

    /** The content type of the answer, or null when it is not JSON. */
    private static @Nullable String json(RequestDetails request) {
        ResponseEncoding asked = RestfulServerUtils.determineResponseEncodingNoDefault(
                request, request.getServer().getDefaultResponseEncoding());
        if (asked == null) {
            return EncodingEnum.JSON.getResourceContentTypeNonLegacy();
        }
        return asked.getEncoding() == EncodingEnum.JSON ? asked.getResourceContentType() : null;
    }

    /** As HAPI has them: of when it was made, and of a record (http.html#read) where it is. */
    private static void addHeaders(IRestfulResponse response, Resource answered, String serverBase) {
        if (!(answered instanceof Bundle)) {
            response.addHeader(
                    Constants.HEADER_CONTENT_LOCATION,
                    answered.getIdElement()
                            .withServerBase(serverBase, answered.fhirType())
                            .getValue());
            response.addHeader(
                    Constants.HEADER_ETAG,
                    RestfulServerUtils.createEtag(answered.getMeta().getVersionId()));
        }
        response.addHeader(
                Constants.HEADER_LAST_MODIFIED,
                DateUtils.formatDate(answered.getMeta().getLastUpdated()));
    }
}
