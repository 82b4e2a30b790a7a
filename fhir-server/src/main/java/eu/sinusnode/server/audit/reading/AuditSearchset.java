package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;

/** The answer to a search of AuditEvents. */
final class AuditSearchset {

    private AuditSearchset() {}

    static Bundle of(List<AuditEvent> events, AuditQuery query, boolean complete, RequestDetails request) {
        String base = request.getFhirServerBase();
        Bundle bundle = new Bundle();
        bundle.setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(request.getCompleteUrl());
        if (events.size() >= query.count()) {
            Instant last = events.get(events.size() - 1).getRecorded().toInstant();
            bundle.addLink().setRelation("next").setUrl(base + "/AuditEvent?" + beyond(last, query, request));
        }
        for (AuditEvent event : events) {
            bundle.addEntry()
                    .setFullUrl(base + "/AuditEvent/" + event.getIdElement().getIdPart())
                    .setResource(event)
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.MATCH);
        }
        if (!complete) {
            bundle.addEntry().setResource(newestAreMissing()).getSearch().setMode(Bundle.SearchEntryMode.OUTCOME);
        }
        return bundle;
    }

    static OperationOutcome newestAreMissing() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.WARNING)
                .setCode(OperationOutcome.IssueType.INCOMPLETE)
                .setDiagnostics("The newest events are recorded and not searchable yet; ask again in a moment.");
        return outcome;
    }

    /** The same search, but for the bound of time on the side to which it goes on. */
    private static String beyond(Instant last, AuditQuery query, RequestDetails request) {
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, String[]> parameter : request.getParameters().entrySet()) {
            if (!parameter.getKey().equals(AuditEvent.SP_DATE)) {
                for (String value : parameter.getValue()) {
                    parameters.add(encoded(parameter.getKey()) + "=" + encoded(value));
                }
            }
        }
        Instant from = query.ascending() ? last.plusMillis(1) : query.from();
        Instant to = query.ascending() ? query.to() : last.minusMillis(1);
        if (from != null) {
            parameters.add(AuditEvent.SP_DATE + "=ge" + from);
        }
        if (to != null) {
            parameters.add(AuditEvent.SP_DATE + "=le" + to);
        }
        return String.join("&", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
