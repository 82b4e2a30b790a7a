package eu.sinusnode.policy.narrowing.words;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.words.FullText.BehindException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Around the narrowing: words are read before it, whoever they are asked of, so that a mistake is answered alike; they are
 * looked for after it, among what it left.
 */
@Interceptor
public final class FullTextInterceptor {

    private static final String WORDS = FullTextInterceptor.class.getName() + ".words";

    private final WordSearch words;

    public FullTextInterceptor(WordSearch words) {
        this.words = words;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.WORDS_READ)
    public void read(RequestDetails request) {
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE) {
            return;
        }
        WordSearch.Reading reading = WordSearch.read(search(request));
        if (reading instanceof WordSearch.Reading.Refused refused) {
            throw Denials.problem(RequestProblem.WORDS_MALFORMED, refused.reason());
        }
        request.getUserData().put(WORDS, ((WordSearch.Reading.Read) reading).words());
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.WORDS_FOUND)
    public void find(RequestDetails request) {
        if (!(request.getUserData().get(WORDS) instanceof WordSearch.Words asked) || asked.isEmpty()) {
            return;
        }
        WordSearch.Outcome outcome;
        try {
            outcome = words.resolve(asked, search(request));
        } catch (BehindException e) {
            throw Denials.problem(RequestProblem.FULL_TEXT_BEHIND, "the index is still at work");
        }
        if (outcome instanceof WordSearch.Outcome.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        Map<String, String[]> parameters = new HashMap<>();
        // A record that was named and has the words would be asked for twice, which the storage takes for a mistake.
        ((WordSearch.Outcome.Resolved) outcome)
                .search()
                .parameters()
                .forEach((name, values) ->
                        parameters.put(name, values.stream().distinct().toArray(String[]::new)));
        request.setParameters(parameters);
    }

    private static SearchRequest search(RequestDetails request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.getParameters().forEach((name, values) -> parameters.put(name, List.of(values)));
        return new SearchRequest(request.getResourceName(), parameters);
    }
}
