package eu.sinusnode.server.storage;

import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;

/** Search parameters that R4 does not have, for what this server's own rules ask. */
final class OwnSearchParameters {

    private static final String OWN = "https://sinusnode.eu/fhir/SearchParameter/";

    private OwnSearchParameters() {}

    static List<SearchParameter> all() {
        return List.of(
                // Auditors ask for the identifier of an agent and of an entity.
                of(
                        OWN + "auditevent-client",
                        "AuditEvent",
                        "client",
                        SearchParamType.TOKEN,
                        "OAuth client id of who called",
                        "AuditEvent.agent.who.identifier"),
                of(
                        OWN + "auditevent-request-id",
                        "AuditEvent",
                        "request-id",
                        SearchParamType.TOKEN,
                        "X-Request-Id of the request that the event tells of",
                        "AuditEvent.entity.where(type.code='XrequestId').what.identifier"),
                // A document is found by its patient like every other record.
                of(
                                OWN + "bundle-patient",
                                "Bundle",
                                "patient",
                                SearchParamType.REFERENCE,
                                "Subject of the document's Composition",
                                "Bundle.entry[0].resource.ofType(Composition).subject")
                        .addTarget("Patient"),
                // What nobody answers for yet is kept from patients and insurers in searches too.
                of(
                        OWN + "riskassessment-status",
                        "RiskAssessment",
                        "status",
                        SearchParamType.TOKEN,
                        "Status of the assessment",
                        "RiskAssessment.status"));
    }

    private static SearchParameter of(
            String url, String type, String code, SearchParamType kind, String description, String expression) {
        SearchParameter parameter = new SearchParameter();
        parameter.setId(url.substring(url.lastIndexOf('/') + 1));
        parameter
                .setUrl(url)
                .setName(code)
                .setCode(code)
                .setStatus(PublicationStatus.ACTIVE)
                .setDescription(description)
                .setType(kind)
                .setExpression(expression)
                .addBase(type);
        return parameter;
    }
}
