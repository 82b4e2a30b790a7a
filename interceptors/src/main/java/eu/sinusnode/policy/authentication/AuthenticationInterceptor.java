package eu.sinusnode.policy.authentication;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.access.VerifiedToken;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import java.util.HashMap;
import java.util.Map;

/** First step: nobody goes on without a Caller, except to {@code /metadata}. */
@Interceptor
public final class AuthenticationInterceptor {

    private final AuthenticationPolicy policy;

    public AuthenticationInterceptor(AuthenticationPolicy policy) {
        this.policy = policy;
    }

    /** Who asks for a type that is not there is refused before the request is routed, and the audit is to know who it was. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = StepOrder.AUTHENTICATION)
    public void recognise(ServletRequestDetails request) {
        if (request.getServletAttribute(VerifiedToken.CLAIMS_ATTRIBUTE) instanceof Map<?, ?> claims
                && policy.identify(texts(claims)) instanceof Identification.Identified identified) {
            CurrentCaller.set(request, identified.caller());
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.AUTHENTICATION)
    public void identify(ServletRequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
            return;
        }
        if (!(request.getServletAttribute(VerifiedToken.CLAIMS_ATTRIBUTE) instanceof Map<?, ?> claims)) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.TOKEN_MISSING, "no verified token came with the request"),
                    null);
        }
        Identification identification = policy.identify(texts(claims));
        if (identification instanceof Identification.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        CurrentCaller.set(request, ((Identification.Identified) identification).caller());
    }

    private static Map<String, Object> texts(Map<?, ?> claims) {
        Map<String, Object> named = new HashMap<>();
        claims.forEach((name, value) -> {
            if (value != null) {
                named.put(String.valueOf(name), value);
            }
        });
        return named;
    }
}
