package eu.sinusnode.server.batch;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.policy.authorization.BatchEntry;
import eu.sinusnode.policy.authorization.BatchForm;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.rest.Outcomes;
import eu.sinusnode.server.rest.RequestTooLargeException;
import eu.sinusnode.server.security.CallerRates;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch interaction (FHIR R4, http.html, batch): every entry is sent through the FHIR endpoint as a request of its own,
 * one after the other in the thread of the batch, with the token of the batch. So every step decides it, audits it and
 * counts it as it would the single request, and HAPI's own batch processing, which passes most pointcuts by, is not used.
 *
 * <p>Entry n has the request id of the batch with {@code -n} behind it. A failing entry does not stop the others.
 */
public final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int FIRST_ERROR = 400;
    private static final Pattern PREFERENCE = Pattern.compile("(?:return|handling)=[a-zA-Z\\-]{1,40}");

    private final InnerRequests inner;
    private final FhirContext context;
    private final BatchForm form;
    private final CallerRates rates;
    private final DenialAudit audit;
    private final LimitProperties limits;

    public Batch(
            InnerRequests inner,
            FhirContext context,
            BatchForm form,
            CallerRates rates,
            DenialAudit audit,
            LimitProperties limits) {
        this.inner = inner;
        this.context = context;
        this.form = form;
        this.rates = rates;
        this.audit = audit;
        this.limits = limits;
    }

    /**
     * @return an empty Bundle that goes on through the steps; {@link BatchAnswerInterceptor} puts the answers in its place
     * @throws RequestTooLargeException when it has more entries than the limit; none of them is touched then
     */
    public Bundle answer(ServletRequestDetails request, Bundle batch) throws IOException {
        if (batch.getEntry().size() > limits.bundleEntries()) {
            throw new RequestTooLargeException();
        }
        Run run = new Run(request);
        for (int i = 0; i < batch.getEntry().size(); i++) {
            run.add(batch.getEntry().get(i), i);
        }
        BatchAnswerInterceptor.keep(request, BatchAnswer.of(run.answers, run.format));
        return new Bundle().setType(BundleType.BATCHRESPONSE);
    }

    /** One batch on its way. */
    private final class Run {
        private final ServletRequestDetails request;
        private final EncodingEnum format;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final List<EntryAnswer> answers = new ArrayList<>();
        private long room = limits.batchAnswer().toBytes();

        Run(ServletRequestDetails request) {
            this.request = request;
            this.format = RestfulServerUtils.determineResponseEncodingWithDefault(request)
                                    .getEncoding()
                            == EncodingEnum.XML
                    ? EncodingEnum.XML
                    : EncodingEnum.JSON;
            headers.put("Accept", format.getResourceContentTypeNonLegacy());
            String preferences = preferences(request.getHeaders("Prefer"));
            if (!preferences.isEmpty()) {
                headers.put("Prefer", preferences);
            }
        }

        void add(BundleEntryComponent entry, int index) {
            String id = request.getRequestId() + "-" + index;
            answers.add(answer(entry, "Bundle.entry[" + index + "]", id));
        }

        private EntryAnswer answer(BundleEntryComponent entry, String at, String id) {
            try {
                Optional<CallerRates.Excess> excess = rates.spend();
                if (excess.isPresent()) {
                    return refused(
                            id, RequestProblem.TOO_MANY_REQUESTS, excess.get().news());
                }
                if (room <= 0) {
                    return refused(id, RequestProblem.BATCH_ANSWER_TOO_LARGE, true);
                }
                BatchForm.Reading reading = form.read(entry, at);
                return reading instanceof BatchForm.Reading.Refused refused
                        ? refused(id, refused.deny())
                        : send(((BatchForm.Reading.Request) reading).entry(), entry.getFullUrl(), id);
            } catch (RuntimeException | ServletException | IOException e) {
                LOG.error("Entry {} failed: {}", id, FaultOrigin.of(e));
                return said(RequestProblem.SERVER_FAULT);
            }
        }

        private EntryAnswer send(BatchEntry entry, String fullUrl, String id) throws ServletException, IOException {
            EntryResponse response = inner.send(request, entry, fullUrl, id, headers, room);
            EntryAnswer answer = EntryAnswer.of(response, request.getFhirServerBase());
            room = response.content().isOver() ? 0 : room - response.content().size();
            if (response.content().isOver()) {
                return wasWrite(entry, answer) ? answer.withoutContent() : said(RequestProblem.BATCH_ANSWER_TOO_LARGE);
            }
            if (answer.content() != null && !isResource(response)) {
                LOG.error("Entry {} was answered with no FHIR resource", id);
                return wasWrite(entry, answer) ? answer.withoutContent() : said(RequestProblem.SERVER_FAULT);
            }
            return answer;
        }

        /** What was stored is told, even when there is no room to show it. */
        private static boolean wasWrite(BatchEntry entry, EntryAnswer answer) {
            return !entry.method().equals("GET") && answer.status() < FIRST_ERROR;
        }

        private boolean isResource(EntryResponse response) {
            String type = response.getContentType();
            return type != null && type.startsWith(format.getResourceContentTypeNonLegacy());
        }

        private EntryAnswer refused(String id, Decision.Deny deny) {
            try {
                AuditedCaller caller =
                        CurrentCaller.find(request).map(AuditedCaller::of).orElse(null);
                audit.denied(facts(id), caller, deny, List.of());
            } catch (RuntimeException e) {
                return unaudited(id, e);
            }
            return said(DenialCode.BUNDLE.status(), new OperationOutcome().addIssue(Denials.issue(deny)));
        }

        private EntryAnswer refused(String id, RequestProblem problem, boolean news) {
            try {
                if (news) {
                    audit.refused(facts(id), problem.code(), problem.meaning());
                }
                return said(problem);
            } catch (RuntimeException e) {
                return unaudited(id, e);
            }
        }

        private EntryAnswer unaudited(String id, RuntimeException failure) {
            LOG.error("The refusal of entry {} could not be audited: {}", id, FaultOrigin.of(failure));
            return said(RequestProblem.AUDIT_UNAVAILABLE);
        }

        private RequestFacts facts(String id) {
            return new RequestFacts(
                    id,
                    AuditedInteraction.OTHER,
                    null,
                    null,
                    request.getServletRequest().getRemoteAddr());
        }

        private EntryAnswer said(RequestProblem problem) {
            return said(problem.status(), Outcomes.of(problem));
        }

        private EntryAnswer said(int status, OperationOutcome outcome) {
            return EntryAnswer.of(status, format.newParser(context).encodeResourceToString(outcome));
        }
    }

    /** What the batch prefers holds for its entries, but none is answered later. */
    private static String preferences(List<String> given) {
        List<String> kept = new ArrayList<>();
        for (String header : given) {
            Matcher preference = PREFERENCE.matcher(header);
            while (preference.find()) {
                kept.add(preference.group());
            }
        }
        return String.join(", ", kept);
    }
}
