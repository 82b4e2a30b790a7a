package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content types of requests and answers: what cannot be read is a 415, what cannot be given a 406, said in JSON. A Binary is
 * of every type, and an operation that streams has a format of its own.
 */
@Interceptor
public final class NegotiationInterceptor {

    private static final String FOUND = NegotiationInterceptor.class.getName();

    private static final Set<RestOperationTypeEnum> WITH_RESOURCE =
            EnumSet.of(RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.TRANSACTION);

    private static final Set<RestOperationTypeEnum> OPERATIONS = EnumSet.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE);

    private final AccessMatrix matrix;
    private final Formats formats;

    public NegotiationInterceptor(AccessMatrix matrix, Formats formats) {
        this.matrix = matrix;
        this.formats = formats;
    }

    /** Before anything can be refused: the refusal has to have a format, too. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.FORMAT_OF_ANSWER)
    public void choose(RequestDetails request) {
        RequestProblem problem = find(request);
        if (problem == null) {
            return;
        }
        request.getUserData().put(FOUND, problem);
        // Without another wish, HAPI answers in the format of the body.
        boolean unspoken = asked(request).isEmpty() && accepted(request).isEmpty();
        if (problem == RequestProblem.NOT_ACCEPTABLE || unspoken) {
            Map<String, String[]> parameters = new HashMap<>(request.getParameters());
            parameters.put(Constants.PARAM_FORMAT, new String[] {Constants.FORMAT_JSON});
            request.setParameters(parameters);
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NEGOTIATION)
    public void check(RequestDetails request) {
        if (request.getUserData().get(FOUND) instanceof RequestProblem problem) {
            throw Problems.exception(problem);
        }
        if (!Preferences.of(request.getHeaders(Constants.HEADER_PREFER)).isReadable()) {
            throw Problems.exception(
                    RequestProblem.NOT_UNDERSTOOD,
                    "A preference in the header Prefer has a value that has no meaning.");
        }
    }

    private @Nullable RequestProblem find(RequestDetails request) {
        if (!hasOwnFormat(request) && !formats.isGiven(asked(request), accepted(request))) {
            return RequestProblem.NOT_ACCEPTABLE;
        }
        return hasResource(request) && !formats.isRead(request.getHeader(Constants.HEADER_CONTENT_TYPE))
                ? RequestProblem.CONTENT_TYPE
                : null;
    }

    private boolean hasOwnFormat(RequestDetails request) {
        return isOperation(request) ? matrix.isStreamed(String.valueOf(request.getOperation())) : isBinary(request);
    }

    private static boolean hasResource(RequestDetails request) {
        if (isOperation(request)) {
            // It may be called by POST without a body.
            return request.getRequestType() == RequestTypeEnum.POST
                    && request.getHeader(Constants.HEADER_CONTENT_TYPE) != null;
        }
        return WITH_RESOURCE.contains(request.getRestOperationType()) && !isBinary(request);
    }

    private static boolean isOperation(RequestDetails request) {
        return OPERATIONS.contains(request.getRestOperationType());
    }

    private static boolean isBinary(RequestDetails request) {
        return "Binary".equals(request.getResourceName());
    }

    private static List<String> asked(RequestDetails request) {
        String[] given = request.getParameters().get(Constants.PARAM_FORMAT);
        return given == null ? List.of() : Arrays.asList(given);
    }

    private static List<String> accepted(RequestDetails request) {
        return request.getHeaders(Constants.HEADER_ACCEPT);
    }
}
