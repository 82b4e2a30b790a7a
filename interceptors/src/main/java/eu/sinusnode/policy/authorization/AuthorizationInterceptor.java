package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.search.IncludeKey;
import eu.sinusnode.policy.search.SearchedValues;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Third step: is this interaction, operation, parameter and header open to the caller? Once before the body is read, by
 * the path; once after, for each resource that the body wants stored.
 */
@Interceptor
public final class AuthorizationInterceptor {

    private static final Set<RestOperationTypeEnum> CHANGING = EnumSet.of(
            RestOperationTypeEnum.CREATE,
            RestOperationTypeEnum.UPDATE,
            RestOperationTypeEnum.PATCH,
            RestOperationTypeEnum.DELETE,
            RestOperationTypeEnum.TRANSACTION);

    private final AuthorizationPolicy policy;
    private final SearchForm searches;
    private final IncludeForm includes;
    private final SearchedValues values;
    private final OpenParameters parameters;
    private final OpenHeaders headers;
    private final TransactionForm transactions;
    private final Consumer<ServletRequestDetails> identification;

    /** @param identification what finds the caller, for a request that is refused before it gets there */
    public AuthorizationInterceptor(
            AuthorizationPolicy policy,
            SearchForm searches,
            IncludeForm includes,
            SearchedValues values,
            OpenParameters parameters,
            OpenHeaders headers,
            TransactionForm transactions,
            Consumer<ServletRequestDetails> identification) {
        this.policy = policy;
        this.searches = searches;
        this.includes = includes;
        this.values = values;
        this.parameters = parameters;
        this.headers = headers;
        this.transactions = transactions;
        this.identification = identification;
    }

    /** Before HAPI looks for who handles the type, and finds nobody. The audit is to know who asked for it. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = StepOrder.AUTHORIZATION)
    public void checkType(ServletRequestDetails request) {
        if (request.getResourceName() != null
                && policy.decideType(request.getResourceName()) instanceof Decision.Deny closed) {
            identification.accept(request);
            throw refusal(request, closed);
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
        if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE) {
            values.malformed(request.getResourceName(), listed(request.getParameters()))
                    .ifPresent(reason -> {
                        throw Denials.problem(RequestProblem.VALUE_MALFORMED, reason);
                    });
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.BUNDLE_AUTHORIZATION)
    public void checkBody(RequestDetails request) {
        if (!CHANGING.contains(request.getRestOperationType())) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        if (isBatch(request)) {
            // It stores nothing by itself: each of its entries comes back as a request of its own, through every step.
            request.setRestOperationType(RestOperationTypeEnum.BATCH);
            return;
        }
        List<RequestedChange> requested = read(request);
        for (RequestedChange change : requested) {
            enforce(
                    request,
                    policy.decide(caller, change.resourceType(), change.verb().interaction()));
            if (change.verb() == RequestedChange.Verb.PATCH) {
                // Whether an operation can be carried out tells what the record says.
                enforce(request, policy.decide(caller, change.resourceType(), Interaction.READ));
            }
            if (change.condition() != null) {
                enforce(request, decideCondition(caller, change.resourceType(), change.condition()));
            }
        }
        RequestedChanges.set(request, requested);
    }

    private static boolean isBatch(RequestDetails request) {
        return request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION
                && request.getResource() instanceof Bundle bundle
                && bundle.getType() == BundleType.BATCH;
    }

    /** What a condition finds is told by what happens: it must be open to the caller as a search. */
    private Decision decideCondition(Caller caller, String resourceType, String condition) {
        Decision search = policy.decide(caller, resourceType, Interaction.SEARCH);
        return search instanceof Decision.Deny
                ? search
                : parameters.decideCondition(
                        caller.kind(),
                        resourceType,
                        UrlUtil.parseQueryString(condition).keySet());
    }

    private List<RequestedChange> read(RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION) {
            if (!(request.getResource() instanceof Bundle bundle)) {
                throw refusal(request, new Decision.Deny(DenialCode.BUNDLE, "the body is no Bundle"));
            }
            TransactionForm.Reading reading = transactions.read(bundle);
            if (reading instanceof TransactionForm.Reading.Refused refused) {
                throw refusal(request, refused.deny());
            }
            return ((TransactionForm.Reading.Changes) reading).changes();
        }
        Resource body = request.getResource() instanceof Resource resource ? resource : null;
        boolean needed = request.getRestOperationType() == RestOperationTypeEnum.CREATE
                || request.getRestOperationType() == RestOperationTypeEnum.UPDATE;
        if (needed && body == null) {
            throw refusal(request, new Decision.Deny(DenialCode.INTERACTION, "the body is no resource"));
        }
        return List.of(RequestedChanges.single(request, needed ? body : null));
    }

    private Decision decideInteraction(Caller caller, RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        boolean onType = request.getResourceName() != null && request.getCompartmentName() == null;
        if (operation == null) {
            return closed("none");
        }
        return switch (operation) {
            case READ, VREAD, HISTORY_INSTANCE -> decide(caller, request, Interaction.READ, onType);
            case HISTORY_TYPE -> decide(caller, request, Interaction.SEARCH, onType);
            case SEARCH_TYPE -> decide(caller, request, Interaction.SEARCH, onType && request.getId() == null);
            case CREATE -> decide(caller, request, Interaction.CREATE, onType && request.getId() == null);
            case UPDATE, PATCH -> decideChange(caller, request, Interaction.UPDATE, onType);
            case DELETE -> decideChange(caller, request, Interaction.DELETE, onType);
            case TRANSACTION -> Decision.Permit.of("matrix", "each entry is decided when the body has been read");
            case GET_PAGE -> policy.decidePage(caller);
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                policy.decideOperation(
                        caller,
                        request.getOperation(),
                        onType ? request.getResourceName() : null,
                        request.getId() != null);
            default -> closed(operation.getCode());
        };
    }

    private Decision decideChange(Caller caller, RequestDetails request, Interaction interaction, boolean wellFormed) {
        return request.getId() == null && request.getParameters().isEmpty()
                ? new Decision.Deny(DenialCode.CONDITION, "the path must name an id, or the query a condition")
                : decide(caller, request, interaction, wellFormed);
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
            case SEARCH_TYPE -> searches.decide(caller, request.getResourceName(), listed(given));
            case READ, VREAD -> parameters.decideRead(names);
            case HISTORY_INSTANCE, HISTORY_TYPE -> parameters.decideHistory(names);
            case GET_PAGE -> decidePage(caller, listed(given));
            case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
                parameters.decideOperation(request.getOperation(), names);
            // A condition is decided with the change that it is for.
            case UPDATE, PATCH, DELETE ->
                request.getId() == null
                        ? Decision.Permit.of("parameters", "decided as a condition")
                        : parameters.decideWrite(names);
            default -> parameters.decideWrite(names);
        };
    }

    private Decision decidePage(Caller caller, Map<String, List<String>> given) {
        Decision along = includes.decide(caller, given);
        return along instanceof Decision.Deny
                ? along
                : parameters.decidePage(given.keySet().stream()
                        .filter(name -> !IncludeKey.isName(name))
                        .toList());
    }

    private static Map<String, List<String>> listed(Map<String, String[]> parameters) {
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
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
