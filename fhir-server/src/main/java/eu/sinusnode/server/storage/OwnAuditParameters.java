package eu.sinusnode.server.storage;

import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;

/** R4 has no parameter for an agent's or an entity's identifier; auditors ask for both. */
final class OwnAuditParameters {

    private static final String BASE = "https://sinusnode.eu/fhir/SearchParameter/auditevent-";

    private OwnAuditParameters() {}

    static List<SearchParameter> all() {
        return List.of(
                of("client", "OAuth client id of who called", "AuditEvent.agent.who.identifier"),
                of(
                        "request-id",
                        "X-Request-Id of the request that the event tells of",
                        "AuditEvent.entity.where(type.code='XrequestId').what.identifier"));
    }

    private static SearchParameter of(String code, String description, String expression) {
        SearchParameter parameter = new SearchParameter();
        parameter.setId("auditevent-" + code);
        parameter
                .setUrl(BASE + code)
                .setName(code)
                .setCode(code)
                .setStatus(PublicationStatus.ACTIVE)
                .setDescription(description)
                .setType(SearchParamType.TOKEN)
                .setExpression(expression)
                .addBase("AuditEvent");
        return parameter;
    }
}
