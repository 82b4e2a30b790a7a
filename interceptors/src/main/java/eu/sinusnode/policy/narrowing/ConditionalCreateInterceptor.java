package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.authorization.OpenParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;

/** Narrows the condition of a create, single or inside a transaction, before HAPI takes it up. */
@Interceptor
public final class ConditionalCreateInterceptor {

    /** The storage keeps each condition in a column, so that two simultaneous creates do not both find nothing. */
    private static final int LONGEST_URL = 700;

    private static final String ASKED = ConditionalCreateInterceptor.class.getName();

    private final ConditionalCreate conditions;
    private final AuthorizationPolicy authorization;
    private final OpenParameters parameters;
    private final ConditionSearch searches;
    private final SentRecords sent;

    public ConditionalCreateInterceptor(
            ConditionalCreate conditions,
            AuthorizationPolicy authorization,
            OpenParameters parameters,
            ConditionSearch searches,
            SentRecords sent) {
        this.conditions = conditions;
        this.authorization = authorization;
        this.parameters = parameters;
        this.searches = searches;
        this.sent = sent;
    }

    /** HAPI makes an argument of the header together with the body, so the body is read here already. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING)
    public void narrowHeader(RequestDetails request) {
        List<String> given = request.getHeaders(Constants.HEADER_IF_NONE_EXIST);
        if (given.isEmpty()) {
            return;
        }
        if (request.getRestOperationType() != RestOperationTypeEnum.CREATE || given.size() > 1) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.CONDITION, "If-None-Exist belongs to one create, once"),
                    null);
        }
        Resource asked = body(request);
        request.setFixedConditionalUrl(narrow(request, given.get(0), asked));
        request.getUserData().put(ASKED, asked);
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.CONDITIONS)
    public void narrowEntries(RequestDetails request) {
        if (request.getUserData().get(ASKED) instanceof Resource asked
                && request.getResource() instanceof Resource read) {
            SentIdentifier.of(read).stream()
                    .filter(identifier -> identifier.mustBeOnly(asked))
                    .findFirst()
                    .ifPresent(identifier -> identifier.attachAsOnly(read));
        }
        if (request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION
                || !(request.getResource() instanceof Bundle bundle)) {
            return;
        }
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getRequest().hasIfNoneExist()) {
                String narrowed = narrow(request, entry.getRequest().getIfNoneExist(), entry.getResource());
                entry.getRequest().setIfNoneExist(ConditionalCreate.isNone(narrowed) ? null : narrowed);
            }
        }
    }

    private String narrow(RequestDetails request, String condition, Resource resource) {
        ConditionalCreate.Outcome outcome = conditions.narrow(condition, resource);
        if (outcome instanceof ConditionalCreate.Outcome.Narrowed narrowed) {
            return ConditionalCreate.looksAmongAll(CurrentCaller.require(request), resource)
                    ? narrowed.url()
                    : ofSender(request, narrowed, resource);
        }
        Optional<String> search = conditions.ownPatientsRecords(condition, resource);
        if (search.isEmpty() || !isOpen(request, resource.fhirType(), search.get())) {
            throw DenialLedger.refuse(request, ((ConditionalCreate.Outcome.Refused) outcome).deny(), null);
        }
        String url = searches.url(request, resource.fhirType(), search.get());
        if (url.length() > LONGEST_URL) {
            throw DenialLedger.refuse(
                    request, new Decision.Deny(DenialCode.CONDITION, "the condition is too long"), null);
        }
        return url;
    }

    /** What the sender has brought, else what it may see, else nothing. */
    private String ofSender(RequestDetails request, ConditionalCreate.Outcome.Narrowed narrowed, Resource resource) {
        String type = resource.fhirType();
        Optional<SentIdentifier> identifier = SentIdentifier.of(resource, narrowed.identifier());
        if (identifier.isPresent()) {
            String id = sent.find(Sender.of(CurrentCaller.require(request)), Set.of(identifier.get()))
                    .get(identifier.get());
            if (id != null) {
                return BroughtBefore.note(request, type, id);
            }
            identifier.get().attachAsOnly(resource);
        }
        List<String> seen =
                isOpen(request, type, narrowed.query()) ? searches.visible(request, type, narrowed.query()) : List.of();
        return seen.isEmpty() ? ConditionalCreate.none(type) : type + "?_id=" + String.join(",", seen);
    }

    /** Any other condition is a search, for those who may search. */
    private boolean isOpen(RequestDetails request, String resourceType, String query) {
        Caller caller = CurrentCaller.require(request);
        return authorization.decide(caller, resourceType, Interaction.SEARCH) instanceof Decision.Permit
                && parameters.decideCondition(
                                caller.kind(),
                                resourceType,
                                UrlUtil.parseQueryString(query).keySet())
                        instanceof Decision.Permit;
    }

    private static Resource body(RequestDetails request) {
        EncodingEnum encoding = EncodingEnum.forContentType(request.getHeader(Constants.HEADER_CONTENT_TYPE));
        if (encoding == null) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.CONDITION, "If-None-Exist needs a body of a FHIR content type"),
                    null);
        }
        String text = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        return (Resource) encoding.newParser(request.getFhirContext()).parseResource(text);
    }
}
