package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.AccessMatrix.OpenOperation;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchDefinitions.Definition;
import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.storage.R4SearchParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.UriType;

/** {@code /metadata}: built from the tables that also decide requests, so that it cannot promise what is refused. */
public final class CapabilityStatementProvider implements IServerConformanceProvider<CapabilityStatement> {

    private static final String SMART_OAUTH_URIS =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

    private static final String WEBSOCKET = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket";

    /** They are computed, or kept beside HAPI's storage: each has one version. */
    private static final Set<String> OWN_STORES = Set.of("AuditEvent", "Group", "Subscription");
    /** The operations that HL7 defines: in the standard, and in the Bulk Data Access IG. */
    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("Observation/$lastn", "http://hl7.org/fhir/OperationDefinition/Observation-lastn"),
            Map.entry("Observation/$stats", "http://hl7.org/fhir/OperationDefinition/Observation-stats"),
            Map.entry("Patient/$everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything"),
            Map.entry("Patient/$match", "http://hl7.org/fhir/OperationDefinition/Patient-match"),
            Map.entry("Subscription/$status", Backport.STATUS_OPERATION),
            Map.entry("Subscription/$events", Backport.EVENTS_OPERATION),
            Map.entry("Subscription/$get-ws-binding-token", Backport.BINDING_OPERATION),
            Map.entry("Patient/$merge", "http://hl7.org/fhir/OperationDefinition/Patient-merge"),
            Map.entry("/$export", "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export"),
            Map.entry("Patient/$export", "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export"),
            Map.entry("Group/$export", "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export"));

    private static final String VALIDATE = "http://hl7.org/fhir/OperationDefinition/Resource-validate";
    private static final String META = "http://hl7.org/fhir/OperationDefinition/Resource-meta";

    /** They shape an answer and find nothing. */
    private static final Set<String> PRESENTATION = Set.of("_sort", "_count");

    private final ServiceProperties service;
    private final OAuthProperties oauth;
    private final SupportedProfiles profiles;
    private final R4SearchParameters searchParameters;
    private final SearchDefinitions definitions;
    private final Date since;

    CapabilityStatementProvider(
            ServiceProperties service,
            OAuthProperties oauth,
            SupportedProfiles profiles,
            R4SearchParameters searchParameters,
            Clock clock) {
        this.service = service;
        this.oauth = oauth;
        this.profiles = profiles;
        this.searchParameters = searchParameters;
        this.definitions = SearchDefinitions.of(searchParameters.definitions(), AccessMatrix.standard());
        this.since = Date.from(clock.instant());
    }

    @Override
    @Metadata
    public CapabilityStatement getServerConformance(HttpServletRequest request, RequestDetails details) {
        return statement();
    }

    /** The same for every request. */
    public CapabilityStatement statement() {
        CapabilityStatement statement = new CapabilityStatement();
        statement.setUrl(service.baseUrl() + "/metadata");
        statement.setName("SinusNode");
        statement.setTitle("SinusNode FHIR R4 endpoint");
        statement.setStatus(PublicationStatus.ACTIVE);
        statement.setDate(since);
        statement.setKind(CapabilityStatementKind.INSTANCE);
        statement.getSoftware().setName("SinusNode");
        statement
                .getImplementation()
                .setDescription("EU-only health data server for cardiac care")
                .setUrl(service.baseUrl());
        statement.setFhirVersion(FHIRVersion._4_0_1);
        statement.addFormat("application/fhir+json").addFormat("application/fhir+xml");
        statement.addPatchFormat("application/json-patch+json").addPatchFormat("application/fhir+json");
        statement.addPatchFormat("application/fhir+xml");
        statement.addInstantiates("http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data");
        CapabilityStatementRestComponent rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        addSecurity(rest);
        rest.addExtension(WEBSOCKET, new UriType(service.websocketUrl()));
        rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
        rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        new TreeSet<>(AccessMatrix.standard().resourceTypes()).forEach(type -> addType(rest, type));
        AccessMatrix.standard().operations().values().stream()
                .filter(OpenOperation::onSystem)
                .forEach(operation -> describe(rest.addOperation(), operation, ""));
        return statement;
    }

    /** @param onType the type that the operation is called on; empty for the server's base */
    private static void describe(
            CapabilityStatementRestResourceOperationComponent stated, OpenOperation operation, String onType) {
        String name = operation.name().substring(1);
        String standard = STANDARD.getOrDefault(onType + "/" + operation.name(), "");
        stated.setName(name)
                .setDefinition(standard.isEmpty() ? Canonicals.BASE + "/OperationDefinition/" + name : standard);
    }

    private void addSecurity(CapabilityStatementRestComponent rest) {
        rest.getSecurity()
                .setCors(true)
                .setDescription("OAuth 2 with SMART v2 scopes; see /.well-known/smart-configuration."
                        + " What a caller may do also depends on its kind, its organization's country,"
                        + " its link to the patient and the patient's consent.")
                .addService()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
                .setCode("SMART-on-FHIR");
        Extension uris = rest.getSecurity().addExtension().setUrl(SMART_OAUTH_URIS);
        uris.addExtension("authorize", new UriType(SmartConfiguration.authorizationEndpoint(oauth)));
        uris.addExtension("token", new UriType(SmartConfiguration.tokenEndpoint(oauth)));
    }

    private void addType(CapabilityStatementRestComponent rest, String type) {
        Set<Interaction> open = AccessMatrix.standard().interactions(type);
        CapabilityStatementRestResourceComponent resource = rest.addResource().setType(type);
        resource.setProfile("http://hl7.org/fhir/StructureDefinition/" + type);
        profiles.of(type).forEach(resource::addSupportedProfile);
        boolean stored = !OWN_STORES.contains(type);
        open.forEach(interaction -> resource.addInteraction().setCode(codeOf(interaction)));
        if (stored) {
            addVersions(resource, open);
        }
        AccessMatrix.standard().operations().values().stream()
                .filter(operation -> operation.onTypes().contains(type))
                .forEach(operation -> describe(resource.addOperation(), operation, type));
        if (AccessMatrix.standard().writtenTypes().contains(type)) {
            resource.addOperation().setName("validate").setDefinition(VALIDATE);
        }
        if (stored && open.contains(Interaction.READ)) {
            resource.addOperation().setName("meta").setDefinition(META);
        }
        boolean conditions = open.contains(Interaction.SEARCH);
        resource.setVersioning(
                open.contains(Interaction.UPDATE)
                        ? ResourceVersionPolicy.VERSIONEDUPDATE
                        : stored ? ResourceVersionPolicy.VERSIONED : ResourceVersionPolicy.NOVERSION);
        resource.setReadHistory(stored);
        resource.setUpdateCreate(false);
        resource.setConditionalCreate(stored && open.contains(Interaction.CREATE));
        resource.setConditionalRead(ConditionalReadStatus.FULLSUPPORT);
        resource.setConditionalUpdate(conditions && open.contains(Interaction.UPDATE));
        resource.setConditionalDelete(
                stored && conditions && open.contains(Interaction.DELETE)
                        ? ConditionalDeleteStatus.SINGLE
                        : ConditionalDeleteStatus.NOTSUPPORTED);
        resource.addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
                .addReferencePolicy(ReferenceHandlingPolicy.ENFORCED);
        if (type.equals("Subscription")) {
            new TreeSet<>(Backport.topics().values())
                    .forEach(topic -> resource.addExtension(Backport.TOPIC_IN_CAPABILITIES, new CanonicalType(topic)));
        }
        if (open.contains(Interaction.SEARCH)) {
            openParameters(type).stream()
                    .filter(name -> !PRESENTATION.contains(name))
                    .sorted()
                    .forEach(name -> addSearchParameter(resource, searchParameters.require(type, name)));
        }
        if (open.contains(Interaction.SEARCH) && !AccessMatrix.standard().hasOwnSearch(type)) {
            openReferences(type).forEach(each -> resource.addSearchInclude(each.resourceType() + ":" + each.name()));
            new TreeSet<>(AccessMatrix.standard().resourceTypes())
                    .stream()
                            .flatMap(source -> openReferences(source).stream())
                            .filter(each -> each.targets().contains(type))
                            .forEach(each -> resource.addSearchRevInclude(each.resourceType() + ":" + each.name()));
        }
    }

    /** By these, records come along with those that are searched for. */
    private List<Definition> openReferences(String type) {
        return AccessMatrix.standard().hasOwnSearch(type)
                ? List.of()
                : openParameters(type).stream()
                        .flatMap(name -> definitions.find(type, name).stream())
                        .filter(definition -> definition.isReference()
                                && !definition.targets().isEmpty())
                        .toList();
    }

    private static void addVersions(CapabilityStatementRestResourceComponent resource, Set<Interaction> open) {
        if (open.contains(Interaction.READ)) {
            resource.addInteraction().setCode(TypeRestfulInteraction.VREAD);
            resource.addInteraction().setCode(TypeRestfulInteraction.HISTORYINSTANCE);
        }
        if (open.contains(Interaction.SEARCH)) {
            resource.addInteraction().setCode(TypeRestfulInteraction.HISTORYTYPE);
        }
        if (open.contains(Interaction.UPDATE) && open.contains(Interaction.READ)) {
            resource.addInteraction().setCode(TypeRestfulInteraction.PATCH);
        }
    }

    private static void addSearchParameter(
            CapabilityStatementRestResourceComponent resource, SearchParameter definition) {
        resource.addSearchParam()
                .setName(definition.getCode())
                .setDefinition(definition.getUrl())
                .setType(definition.getType());
    }

    /** What at least one kind of caller may use. */
    private static Set<String> openParameters(String type) {
        Set<String> open = new TreeSet<>();
        Arrays.stream(CallerKind.values())
                .forEach(kind -> open.addAll(AccessMatrix.standard().searchParameters(kind, type)));
        return open;
    }

    private static TypeRestfulInteraction codeOf(Interaction interaction) {
        return switch (interaction) {
            case CREATE -> TypeRestfulInteraction.CREATE;
            case READ -> TypeRestfulInteraction.READ;
            case UPDATE -> TypeRestfulInteraction.UPDATE;
            case DELETE -> TypeRestfulInteraction.DELETE;
            case SEARCH -> TypeRestfulInteraction.SEARCHTYPE;
        };
    }

    @Override
    public void setRestfulServer(RestfulServer server) {
        // The statement does not depend on what the servlet happens to have registered.
    }
}
