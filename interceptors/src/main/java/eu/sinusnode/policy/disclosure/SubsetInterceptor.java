package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.SubsetForm;
import eu.sinusnode.policy.authorization.SubsetForm.Asked;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code _summary} and {@code _elements}: records are found, decided on and audited as they are, and only what is written to
 * the caller is a part of them. So the wish is taken off the request before anything looks at it, and given to HAPI's parser
 * when everything has; a refusal is never a part.
 */
@Interceptor
public final class SubsetInterceptor {

    private static final String ASKED = SubsetInterceptor.class.getName() + ".asked";

    private static final Set<RestOperationTypeEnum> SHOWING = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.SEARCH_TYPE,
            RestOperationTypeEnum.GET_PAGE);

    /** Where elements are named, an added record of a type that was not found is shown as it is; a summary is of all. */
    private static final Set<SearchEntryMode> BESIDE = EnumSet.of(SearchEntryMode.INCLUDE, SearchEntryMode.OUTCOME);

    /** In HAPI's words: every element that the record must have. */
    private static final List<String> ALWAYS = List.of("id", "meta", "(mandatory)");

    private final SubsetForm form;

    public SubsetInterceptor(SubsetForm form) {
        this.form = form;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.SUBSET_ASKED)
    public void take(RequestDetails request) {
        if (!SHOWING.contains(request.getRestOperationType())) {
            return;
        }
        boolean search = request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE;
        Map<String, List<String>> parameters = request.getParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
        Asked asked = form.read(request.getResourceName(), search, parameters);
        request.getUserData().put(ASKED, asked);
        Map<String, String[]> others = new HashMap<>(request.getParameters());
        others.remove(SubsetForm.ELEMENTS);
        if (!form.isCount(parameters)) {
            others.remove(SubsetForm.SUMMARY);
        }
        request.setParameters(others);
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.SUBSET_CHECKED)
    public void check(RequestDetails request) {
        if (request.getUserData().get(ASKED) instanceof Asked.Refused refused) {
            throw DenialLedger.refuse(request, new Decision.Deny(DenialCode.SEARCH_PARAMETER, refused.reason()), null);
        }
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.SUBSET_SHOWN)
    public void show(RequestDetails request, ResponseDetails response) {
        if (!(request.getUserData().get(ASKED) instanceof Asked.Part part)
                || !(response.getResponseResource() instanceof Resource answer)) {
            return;
        }
        Set<String> types = new TreeSet<>();
        if (answer instanceof Bundle page && DisclosureGate.isEnvelope(page)) {
            page.getLink().forEach(link -> carry(link, part));
            page.getEntry().stream()
                    .filter(entry -> entry.hasResource()
                            && !BESIDE.contains(entry.getSearch().getMode()))
                    .forEach(entry -> types.add(entry.getResource().fhirType()));
        } else {
            types.add(answer.fhirType());
        }
        Map<String, String[]> parameters = new HashMap<>(request.getParameters());
        if (part.isText() || part.summary() == null) {
            parameters.put(SubsetForm.ELEMENTS, elements(types, part));
        } else {
            parameters.put(SubsetForm.SUMMARY, new String[] {part.summary()});
        }
        request.setParameters(parameters);
    }

    /** HAPI writes a record's narrative as a page when it is told that it is the text that is wanted. */
    private static String[] elements(Set<String> types, Asked.Part part) {
        List<String> shown = part.isText() ? List.of("text") : part.elements();
        return types.stream()
                .flatMap(type -> Stream.concat(shown.stream(), ALWAYS.stream()).map(element -> type + "." + element))
                .toArray(String[]::new);
    }

    private static void carry(BundleLinkComponent link, Asked.Part part) {
        String wish = part.summary() == null
                ? SubsetForm.ELEMENTS + "=" + UrlUtil.escapeUrlParam(String.join(",", part.elements()))
                : SubsetForm.SUMMARY + "=" + part.summary();
        link.setUrl(link.getUrl() + (link.getUrl().contains("?") ? "&" : "?") + wish);
    }
}
