package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * Reads AuditEvents out of their own store. A search first waits for what was recorded before it. Who may do so is decided
 * on the request's way, before this is called.
 */
public class AuditEventProvider implements IResourceProvider {

    /** OAuth client id, a search parameter of this server. */
    static final String CLIENT = "client";
    /** X-Request-Id of the request that the event tells of, a search parameter of this server. */
    static final String REQUEST_ID = "request-id";

    /** What {@link #search} takes beside {@code _count} and {@code _sort=date}. */
    public static final Set<String> SEARCH_PARAMETERS = Set.of(
            AuditEvent.SP_DATE,
            AuditEvent.SP_TYPE,
            AuditEvent.SP_SUBTYPE,
            AuditEvent.SP_ACTION,
            AuditEvent.SP_OUTCOME,
            AuditEvent.SP_AGENT,
            AuditEvent.SP_AGENT_NAME,
            AuditEvent.SP_PATIENT,
            AuditEvent.SP_ENTITY,
            CLIENT,
            REQUEST_ID);

    static final int DEFAULT_COUNT = 50;
    static final int MAX_COUNT = 500;

    private final AuditEventTable table;
    private final StoredSoFar storedSoFar;

    public AuditEventProvider(AuditEventTable table, StoredSoFar storedSoFar) {
        this.table = table;
        this.storedSoFar = storedSoFar;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /** @throws ResourceNotFoundException when no event has the id */
    @Read
    public AuditEvent read(@IdParam IdType id) {
        storedSoFar.await();
        return ResourceIds.parse(id.getIdPart())
                .flatMap(table::find)
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /** @return a searchset, newest first; its {@code next} link asks for what was recorded before its last event */
    @Search
    public Bundle search(
            @OptionalParam(name = AuditEvent.SP_DATE) @Nullable DateRangeParam date,
            @OptionalParam(name = AuditEvent.SP_TYPE) @Nullable TokenOrListParam type,
            @OptionalParam(name = AuditEvent.SP_SUBTYPE) @Nullable TokenOrListParam subtype,
            @OptionalParam(name = AuditEvent.SP_ACTION) @Nullable TokenOrListParam action,
            @OptionalParam(name = AuditEvent.SP_OUTCOME) @Nullable TokenOrListParam outcome,
            @OptionalParam(name = AuditEvent.SP_AGENT) @Nullable ReferenceOrListParam agent,
            @OptionalParam(name = AuditEvent.SP_AGENT_NAME) @Nullable StringOrListParam agentName,
            @OptionalParam(name = AuditEvent.SP_PATIENT) @Nullable ReferenceParam patient,
            @OptionalParam(name = AuditEvent.SP_ENTITY) @Nullable ReferenceOrListParam entity,
            @OptionalParam(name = CLIENT) @Nullable TokenOrListParam client,
            @OptionalParam(name = REQUEST_ID) @Nullable TokenOrListParam requestId,
            @Sort @Nullable SortSpec sort,
            @Count @Nullable Integer count,
            RequestDetails request) {
        AuditQuery query = new AuditQuery(
                date == null ? null : instant(date.getLowerBoundAsInstant()),
                date == null ? null : instant(date.getUpperBoundAsInstant()),
                tokens(type),
                tokens(subtype),
                codes(action),
                codes(outcome),
                codes(client),
                agent == null ? List.of() : references(agent),
                agentName == null
                        ? List.of()
                        : agentName.getValuesAsQueryTokens().stream()
                                .map(StringParam::getValue)
                                .toList(),
                patient == null ? null : patient.getIdPart(),
                entity == null ? List.of() : records(entity),
                codes(requestId),
                ascending(sort),
                count == null ? DEFAULT_COUNT : Math.max(1, Math.min(count, MAX_COUNT)));
        boolean complete = storedSoFar.await();
        return AuditSearchset.of(table.search(query), query, complete, request);
    }

    private static boolean ascending(@Nullable SortSpec sort) {
        if (sort == null) {
            return false;
        }
        if (!AuditEvent.SP_DATE.equals(sort.getParamName()) || sort.getChain() != null) {
            throw new InvalidRequestException("AuditEvents are sorted by date: _sort=date or _sort=-date.");
        }
        return sort.getOrder() != SortOrderEnum.DESC;
    }

    /** As given: a reference with its type, or the identifier of a client or a user. */
    private static List<String> references(ReferenceOrListParam references) {
        return references.getValuesAsQueryTokens().stream()
                .map(AuditEventProvider::reference)
                .toList();
    }

    private static List<String> records(ReferenceOrListParam references) {
        references.getValuesAsQueryTokens().forEach(reference -> {
            if (reference.getResourceType() == null) {
                throw new InvalidRequestException("Name the entity with its type, for example entity=Observation/….");
            }
        });
        return references(references);
    }

    private static String reference(ReferenceParam reference) {
        return reference.getResourceType() == null
                ? reference.getValue()
                : reference.getResourceType() + "/" + reference.getIdPart();
    }

    private static List<String> tokens(@Nullable TokenOrListParam tokens) {
        return tokens == null
                ? List.of()
                : tokens.getValuesAsQueryTokens().stream()
                        .map(token -> token.getSystem() == null
                                ? token.getValue()
                                : token.getSystem() + "|" + token.getValue())
                        .toList();
    }

    private static List<String> codes(@Nullable TokenOrListParam tokens) {
        return tokens == null
                ? List.of()
                : tokens.getValuesAsQueryTokens().stream()
                        .map(TokenParam::getValue)
                        .toList();
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant).orElse(null);
    }
}
