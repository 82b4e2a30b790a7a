package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.narrowing.Inclusion;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.search.IncludeKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/**
 * Adds to a page of a search what was asked to come along, after the gate has decided on the page itself and before the
 * audit notes what leaves. Totals and pages count what was searched for alone. The links to further pages carry the
 * includes, since they name no record.
 */
@Interceptor
public final class IncludeInterceptor {

    private static final String KEYS = IncludeInterceptor.class.getName() + ".keys";

    private final Inclusion inclusion;
    private final DisclosureGate gate;
    private final RequestScope scope;
    private final String serverBase;

    public IncludeInterceptor(Inclusion inclusion, DisclosureGate gate, RequestScope scope, String serverBase) {
        this.inclusion = inclusion;
        this.gate = gate;
        this.scope = scope;
        this.serverBase = serverBase;
    }

    /** HAPI must not see them: on a page it would follow references by itself. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.INCLUDES_ASKED)
    public void take(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        if (operation != RestOperationTypeEnum.SEARCH_TYPE && operation != RestOperationTypeEnum.GET_PAGE) {
            return;
        }
        request.getUserData().put(KEYS, IncludeKey.of(request.getParameters()));
        if (operation == RestOperationTypeEnum.GET_PAGE) {
            Map<String, String[]> others = new HashMap<>(request.getParameters());
            others.keySet().removeIf(IncludeKey::isName);
            request.setParameters(others);
        }
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.INCLUDES)
    public void add(RequestDetails request, ResponseDetails response) {
        List<IncludeKey> keys = keys(request);
        if (keys.isEmpty()
                || !(response.getResponseResource() instanceof Bundle page)
                || page.getType() != BundleType.SEARCHSET) {
            return;
        }
        List<Resource> found = page.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Objects::nonNull)
                .toList();
        Inclusion.Outcome outcome = inclusion.of(
                CurrentCaller.require(request),
                found,
                keys,
                scope.standings(request),
                scope.references(request),
                record -> gate.mayComeAlong(request, record));
        if (outcome instanceof Inclusion.Outcome.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        Inclusion.Outcome.Included included = (Inclusion.Outcome.Included) outcome;
        included.withheld().forEach(each -> DenialLedger.note(request, each.deny(), each.patientId()));
        included.records().forEach(record -> add(page, record));
        boolean ofFurtherPage = request.getRestOperationType() == RestOperationTypeEnum.GET_PAGE;
        page.getLink().stream()
                .filter(link -> ofFurtherPage || !link.getRelation().equals("self"))
                .forEach(link -> carry(link, keys));
    }

    private void add(Bundle page, Resource record) {
        page.addEntry()
                .setFullUrl(serverBase + "/" + record.fhirType() + "/"
                        + record.getIdElement().getIdPart())
                .setResource(record)
                .getSearch()
                .setMode(SearchEntryMode.INCLUDE);
    }

    private static void carry(BundleLinkComponent link, List<IncludeKey> keys) {
        link.setUrl(link.getUrl()
                + keys.stream()
                        .map(key ->
                                "&" + UrlUtil.escapeUrlParam(key.name()) + "=" + UrlUtil.escapeUrlParam(key.value()))
                        .collect(Collectors.joining()));
    }

    @SuppressWarnings("unchecked")
    private static List<IncludeKey> keys(RequestDetails request) {
        return (List<IncludeKey>) request.getUserData().getOrDefault(KEYS, List.of());
    }
}
