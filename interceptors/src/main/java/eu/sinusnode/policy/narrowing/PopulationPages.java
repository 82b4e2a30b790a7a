package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.KnownGoneException;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.OpenParameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * The links of a {@link DecidedSearch}. Where the next page begins stands in its link, behind the last record of this
 * one and with a mark of whose page it is, so that nothing is kept between pages and each is decided anew. There is no
 * total: each record is decided by itself.
 */
@Interceptor
public final class PopulationPages {

    private static final String ASKED = PopulationPages.class.getName() + ".asked";
    private static final String NEXT = PopulationPages.class.getName() + ".next";

    static void keep(RequestDetails request, DecidedSearch asked) {
        request.getUserData().put(ASKED, asked);
    }

    /** What the request is to be answered as; empty for every other request. */
    public static Optional<DecidedSearch> asked(RequestDetails request) {
        return Optional.ofNullable((DecidedSearch) request.getUserData().get(ASKED));
    }

    /** @param place where the next page begins, or null when there is none */
    public static void setNext(RequestDetails request, @Nullable String place) {
        if (place != null) {
            request.getUserData().put(NEXT, place);
        }
    }

    /** What answers a page that none of the caller's searches told of. */
    public static RuntimeException expired(RequestDetails request) {
        DenialLedger.note(
                request, new Decision.Deny(DenialCode.GATE, "the page is not one of the caller's searches"), null);
        return new KnownGoneException("The page does not exist or has expired; search again.");
    }

    /** After the self link has become the caller's own search again. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.LINKS_OF_PAGES)
    public void link(RequestDetails request, ResponseDetails response) {
        if (asked(request).isEmpty() || !(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        bundle.setTotalElement(null);
        bundle.getLink().removeIf(link -> !link.getRelation().equals("self"));
        String next = (String) request.getUserData().get(NEXT);
        if (next != null) {
            Map<String, String[]> asked = request.getParameters();
            Map<String, String[]> following = new HashMap<>(asked);
            following.put(OpenParameters.PAGE, new String[] {SearchPageId.mark(CurrentCaller.require(request), next)});
            request.setParameters(following);
            bundle.addLink()
                    .setRelation("next")
                    .setUrl(RestfulServerUtils.createLinkSelf(request.getFhirServerBase(), request));
            request.setParameters(new HashMap<>(asked));
        }
    }
}
