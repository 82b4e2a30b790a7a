package eu.sinusnode.server.interactions;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
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
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Answers a read with the text that the record is stored as, once every step has looked at the record, instead of having
 * HAPI's encoder write the same characters again, which takes longer than to decide on the record. What asks for another
 * form (XML, a part, indentation) is the encoder's.
 */
@Interceptor
public final class StoredTextInterceptor {

    private static final String KEY = StoredTextInterceptor.class.getName();

    private static final Set<String> PLAIN_PARAMETERS = Set.of(Constants.PARAM_FORMAT);

    private record Stored(Resource record, String text) {}

    static void keep(RequestDetails request, IBaseResource record, @Nullable String text) {
        if (text != null && record instanceof Resource resource && !(record instanceof Binary)) {
            request.getUserData().put(KEY, new Stored(resource, text));
        }
    }

    /** @return false when the answer is written */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.STORED_TEXT)
    public boolean write(ServletRequestDetails request, ResponseDetails answer) throws IOException {
        if (request.getRestOperationType() != RestOperationTypeEnum.READ
                || answer.getResponseCode() != Constants.STATUS_HTTP_200_OK
                || !(request.getUserData().get(KEY) instanceof Stored stored)
                // Another object was read on the way, or was put in its place.
                || stored.record() != answer.getResponseResource()
                || !PLAIN_PARAMETERS.containsAll(request.getParameters().keySet())
                || RestfulServerUtils.prettyPrintResponse(request.getServer(), request)) {
            return true;
        }
        String contentType = json(request);
        Optional<String> text = contentType == null
                ? Optional.empty()
                : StoredText.answer(stored.text(), stored.record(), request.getFhirServerBase());
        if (text.isEmpty()) {
            return true;
        }
        IRestfulResponse response = request.getResponse();
        addHeaders(response, stored.record(), request.getFhirServerBase());
        Writer writer = response.getResponseWriter(
                Constants.STATUS_HTTP_200_OK, contentType, Constants.CHARSET_NAME_UTF8, request.isRespondGzip());
        writer.write(text.get());
        response.commitResponse(writer);
        return false;
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

    /** As HAPI's read has them (http.html#read). */
    private static void addHeaders(IRestfulResponse response, Resource record, String serverBase) {
        response.addHeader(
                Constants.HEADER_CONTENT_LOCATION,
                record.getIdElement()
                        .withServerBase(serverBase, record.fhirType())
                        .getValue());
        response.addHeader(
                Constants.HEADER_ETAG,
                RestfulServerUtils.createEtag(record.getMeta().getVersionId()));
        response.addHeader(
                Constants.HEADER_LAST_MODIFIED,
                DateUtils.formatDate(record.getMeta().getLastUpdated()));
    }
}
