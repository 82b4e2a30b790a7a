package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Third step: is this interaction, operation, parameter and header open to the caller? Once before the body is read, by
 * the path; once after, for each resource that the body wants stored.
 */
@Interceptor
public final class AuthorizationInterceptor {

    private final AuthorizationPolicy policy;
    private final OpenParameters parameters;
    private final OpenHeaders headers;
    private final TransactionForm transactions;

    public AuthorizationInterceptor(
            AuthorizationPolicy policy, OpenParameters parameters, OpenHeaders headers, TransactionForm transactions) {
        this.policy = policy;
        this.parameters = parameters;
        this.headers = headers;
        this.transactions = transactions;
    }

    /** Before HAPI looks for who handles the type, and finds nobody. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = StepOrder.AUTHORIZATION)
    public void checkType(RequestDetails request) {
        if (request.getResourceName() != null) {
            enforce(request, policy.decideType(request.getResourceName()));
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.AUTHORIZATION)
    public void checkPath(ServletRequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        enforce(request, headers.decide(request.getHeaders().keySet()));
        enforce(request, decideInteraction(caller, request));
        enforce(request, decideParameters(caller, request));
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.BUNDLE_AUTHORIZATION)
    public void checkBody(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        boolean writes = operation == RestOperationTypeEnum.CREATE
                || operation == RestOperationTypeEnum.UPDATE
                || operation == RestOperationTypeEnum.TRANSACTION;
        if (!writes) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        if (isBatch(request)) {
            // It stores nothing by itself: each of its entries comes back as a request of its own, through every step.
            request.setRestOperationType(RestOperationTypeEnum.BATCH);
            return;
        }
        List<RequestedWrite> requested = read(request);
        for (RequestedWrite write : requested) {
            enforce(request, policy.decide(caller, write.resourceType(), write.interaction()));
        }
        RequestedWrites.set(request, requested);
    }

    private static boolean isBatch(RequestDetails request) {
        return request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION
                && request.getResource() instanceof Bundle bundle
                && bundle.getType() == BundleType.BATCH;
    }

    private List<RequestedWrite> read(RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION) {
            if (!(request.getResource() instanceof Bundle bundle)) {
                throw refusal(request, new Decision.Deny(DenialCode.BUNDLE, "the body is no Bundle"));
            }
            TransactionForm.Reading reading = transactions.read(bundle);
            if (reading instanceof TransactionForm.Reading.Refused refused) {
                throw refusal(request, refused.deny());
            }
            return ((TransactionForm.Reading.Writes) reading).writes();
        }
        if (!(request.getResource() instanceof Resource resource)) {
            throw refusal(request, new Decision.Deny(DenialCode.INTERACTION, "the body is no resource"));
        }
        return List.of(RequestedWrites.single(request, resource));
    }

    private Decision decideInteraction(Caller caller, RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        boolean onType = request.getResourceName() != null && request.getCompartmentName() == null;
        if (operation == null) {
            return closed("none");
        }
        return switch (operation) {
            case READ -> decide(caller, request, Interaction.READ, onType);
            case SEARCH_TYPE -> decide(caller, request, Interaction.SEARCH, onType && request.getId() == null);
            case CREATE -> decide(caller, request, Interaction.CREATE, onType && request.getId() == null);
            case UPDATE ->
                request.getId() == null
                        ? new Decision.Deny(DenialCode.CONDITION, "an update must name the id in its path")
                        : decide(caller, request, Interaction.UPDATE, onType);
            case TRANSACTION -> Decision.Permit.of("matrix", "each entry is decided when the body has been read");
            case GET_PAGE -> policy.decidePage(caller);
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                policy.decideOperation(caller, request.getOperation());
            default -> closed(operation.getCode());
        };
    }

    private Decision decide(Caller caller, RequestDetails request, Interaction interaction, boolean wellFormed) {
        return wellFormed
                ? policy.decide(caller, request.getResourceName(), interaction)
                : closed("a path of this form for " + interaction);
    }

    private static Decision closed(String what) {
        return new Decision.Deny(DenialCode.INTERACTION, "interaction " + what + " is not open");
    }

    private Decision decideParameters(Caller caller, RequestDetails request) {
        Map<String, String[]> given = request.getParameters();
        Collection<String> names = given.keySet();
        return switch (request.getRestOperationType()) {
            case SEARCH_TYPE ->
                parameters.decideSearch(
                        caller.kind(),
                        request.getResourceName(),
                        names,
                        Arrays.asList(given.getOrDefault("_sort", new String[0])));
            case READ -> parameters.decideRead(names);
            case GET_PAGE -> parameters.decidePage(names);
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                parameters.decideOperation(request.getOperation(), names);
            default -> parameters.decideWrite(names);
        };
    }

    private static void enforce(RequestDetails request, Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            throw refusal(request, deny);
        }
    }

    private static RuntimeException refusal(RequestDetails request, Decision.Deny deny) {
        return DenialLedger.refuse(request, deny, null);
    }
}
