package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content types of requests and answers (http.html#mime-type): what cannot be read is a 415, what cannot be given a 406. A
 * Binary is of every type, and operations say themselves what they answer with.
 */
@Interceptor
public final class NegotiationInterceptor {

    private static final Set<RestOperationTypeEnum> WITH_RESOURCE = EnumSet.of(
            RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.TRANSACTION);

    private static final Set<RestOperationTypeEnum> OPERATIONS = EnumSet.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE);

    private static final Set<String> EVERYTHING = Set.of("*/*", "application/*", "text/*", "*");

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NEGOTIATION)
    public void check(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        boolean binary = "Binary".equals(request.getResourceName());
        if (WITH_RESOURCE.contains(operation) && !binary && !isFhir(request.getHeader("Content-Type"))) {
            throw Problems.exception(RequestProblem.CONTENT_TYPE);
        }
        if (!binary && !OPERATIONS.contains(operation) && !isAcceptable(request)) {
            throw Problems.exception(RequestProblem.NOT_ACCEPTABLE);
        }
    }

    /** {@code _format} comes before the header; without either, JSON is given. */
    private static boolean isAcceptable(RequestDetails request) {
        String[] format = request.getParameters().get("_format");
        if (format != null) {
            return Arrays.stream(format).allMatch(NegotiationInterceptor::isGiven);
        }
        List<String> accepted = request.getHeaders("Accept");
        return accepted.isEmpty()
                || accepted.stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .anyMatch(range -> isGiven(range) || EVERYTHING.contains(mediaType(range)));
    }

    private static boolean isGiven(String format) {
        // A plus sign in a URL is a blank.
        EncodingEnum encoding = EncodingEnum.forContentType(mediaType(format).replace(' ', '+'));
        return encoding == EncodingEnum.JSON || encoding == EncodingEnum.XML;
    }

    private static boolean isFhir(@Nullable String contentType) {
        return contentType != null && isGiven(contentType);
    }

    private static String mediaType(String text) {
        int semicolon = text.indexOf(';');
        return (semicolon < 0 ? text : text.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }
}
