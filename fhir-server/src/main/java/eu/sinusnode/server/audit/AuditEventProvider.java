package eu.sinusnode.server.audit;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.server.projection.ResourceIds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * Reads AuditEvents out of their own store: by id, and by date, outcome, subtype, agent and patient, newest first. Who
 * may do so is decided on the request's way, before this is called.
 */
public class AuditEventProvider implements IResourceProvider {

    /** What {@link #search} takes beside {@code _count}. */
    public static final Set<String> SEARCH_PARAMETERS = Set.of(
            AuditEvent.SP_DATE,
            AuditEvent.SP_OUTCOME,
            AuditEvent.SP_SUBTYPE,
            AuditEvent.SP_AGENT,
            AuditEvent.SP_PATIENT);

    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 500;

    private final AuditEventTable table;

    public AuditEventProvider(AuditEventTable table) {
        this.table = table;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /** @throws ResourceNotFoundException when no event has the id */
    @Read
    public AuditEvent read(@IdParam IdType id) {
        return ResourceIds.parse(id.getIdPart())
                .flatMap(table::find)
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /** @return a searchset; its {@code next} link asks for what was recorded before its last event */
    @Search
    public Bundle search(
            @OptionalParam(name = AuditEvent.SP_DATE) @Nullable DateRangeParam date,
            @OptionalParam(name = AuditEvent.SP_OUTCOME) @Nullable TokenParam outcome,
            @OptionalParam(name = AuditEvent.SP_SUBTYPE) @Nullable TokenParam subtype,
            @OptionalParam(name = AuditEvent.SP_AGENT) @Nullable ReferenceParam agent,
            @OptionalParam(name = AuditEvent.SP_PATIENT) @Nullable ReferenceParam patient,
            @Count @Nullable Integer count,
            RequestDetails request) {
        AuditQuery query = new AuditQuery(
                date == null ? null : instant(date.getLowerBoundAsInstant()),
                date == null ? null : instant(date.getUpperBoundAsInstant()),
                outcome == null ? null : outcome.getValue(),
                subtype == null ? null : subtype.getValue(),
                agent == null ? null : agentReference(agent),
                patient == null ? null : patient.getIdPart(),
                count == null ? DEFAULT_COUNT : Math.max(1, Math.min(count, MAX_COUNT)));
        return searchset(table.search(query), query, request);
    }

    private static Bundle searchset(List<AuditEvent> events, AuditQuery query, RequestDetails request) {
        String base = request.getFhirServerBase();
        Bundle bundle = new Bundle();
        bundle.setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(request.getCompleteUrl());
        if (events.size() >= query.count()) {
            Instant last = events.get(events.size() - 1).getRecorded().toInstant();
            bundle.addLink().setRelation("next").setUrl(base + "/AuditEvent?" + before(last, query, request));
        }
        for (AuditEvent event : events) {
            bundle.addEntry()
                    .setFullUrl(base + "/AuditEvent/" + event.getIdElement().getIdPart())
                    .setResource(event)
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.MATCH);
        }
        return bundle;
    }

    /** The same search, but for its upper bound of time. */
    private static String before(Instant last, AuditQuery query, RequestDetails request) {
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, String[]> parameter : request.getParameters().entrySet()) {
            if (!parameter.getKey().equals(AuditEvent.SP_DATE)) {
                for (String value : parameter.getValue()) {
                    parameters.add(encoded(parameter.getKey()) + "=" + encoded(value));
                }
            }
        }
        if (query.from() != null) {
            parameters.add(AuditEvent.SP_DATE + "=ge" + query.from());
        }
        parameters.add(AuditEvent.SP_DATE + "=lt" + last);
        return String.join("&", parameters);
    }

    private static String agentReference(ReferenceParam agent) {
        if (agent.getResourceType() == null) {
            throw new InvalidRequestException("Name the agent with its type, for example agent=Practitioner/…");
        }
        return agent.getResourceType() + "/" + agent.getIdPart();
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant).orElse(null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
