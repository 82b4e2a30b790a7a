package eu.sinusnode.policy.testing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.test.utilities.server.RestfulServerExtension;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Patches;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.access.VerifiedToken;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.narrowing.CallerLookup;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.narrowing.words.TextSearch;
import eu.sinusnode.policy.pipeline.PipelinePorts;
import eu.sinusnode.policy.pipeline.PipelineSettings;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.ResidencyTier;
import eu.sinusnode.policy.validation.ProfileCheck;
import eu.sinusnode.profiles.ProfilePackage;
import eu.sinusnode.profiles.ValidationIssue;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A RestfulServer over HTTP with records in memory and the whole request pipeline in front. A test sends a token by
 * putting its claims into the request; the verification of tokens is not this module's.
 */
public final class PolicyServer implements BeforeEachCallback, AfterAllCallback {

    public static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final HttpClient HTTP = oneConnectionARequest();
    private static final String TOKEN_HEADER = "X-Test-Token";

    public final FakePermits permits = new FakePermits();
    public final FakeSentRecords sent = new FakeSentRecords();
    public final FakeOpenings openings = new FakeOpenings();
    public final List<AuditEntry> entries = new ArrayList<>();

    /** AuditEvents of refusals. */
    public final List<AuditEvent> audited = new ArrayList<>();

    /** AuditEvents of disclosures and writes. */
    public final List<AuditEvent> disclosed = new ArrayList<>();

    public final Map<String, String> countries = new HashMap<>();
    /** Ids of Organizations and Practitioners that are not active. */
    public final Set<String> inactive = new HashSet<>();

    public final List<String> withheldFromSearch = new ArrayList<>();
    /** What the server takes for the present; a test may move it. */
    public Instant now = World.NOW;

    public @Nullable RuntimeException auditFailure;
    /** Stands for the languages of patches. */
    public Patches patches = (patch, resource) -> resource;

    public ProfileCheck profileCheck = PolicyServer::valueRequired;
    public FullText fullText = PolicyServer::noWords;
    public final Map<String, MemoryProvider<?>> providers = new HashMap<>();
    public final MemorySearch searches = new MemorySearch(providers);
    public final RequestPipeline pipeline;

    private final Map<String, Map<String, Object>> tokens = new ConcurrentHashMap<>();
    private final RestfulServerExtension server;

    private Optional<RegisteredOrganization> organization(String id) {
        return Optional.ofNullable(countries.get(id))
                .map(country -> new RegisteredOrganization(id, country, !inactive.contains(id)));
    }

    public PolicyServer() {
        this(List.of());
    }

    /** @param further interceptors beside the pipeline's, e.g. one that watches */
    public PolicyServer(List<Object> further) {
        this.pipeline = new RequestPipeline(
                FHIR,
                new PipelinePorts(
                        permits,
                        openings,
                        stored(),
                        searches,
                        new MemoryWideRows(providers),
                        sent,
                        (patch, resource) -> patches.apply(patch, resource),
                        searchParameters(),
                        this::organization,
                        (organization, relationship, patients, purpose, at) -> new CallerLookup.Found(
                                organization(organization),
                                permits.directivesOfRelated(patients, organization, relationship, purpose, at)),
                        id -> !inactive.contains(id),
                        resource -> profileCheck.validate(resource),
                        this::store,
                        value -> "~test." + Integer.toHexString(value.hashCode()),
                        withheldFromSearch::add,
                        search -> fullText.find(search),
                        clock()),
                new PipelineSettings(
                        World.SERVER_BASE,
                        ResidencyRules.of(ResidencyTier.EU27),
                        3,
                        Duration.ofMinutes(5),
                        ZoneId.of("Europe/Berlin")));
        this.server = new RestfulServerExtension(FHIR);
        server.keepAliveBetweenTests();
        for (String type : AccessMatrix.standard().resourceTypes()) {
            MemoryProvider<?> provider = MemoryProvider.of(FHIR, type, sent);
            providers.put(type, provider);
            server.registerProvider(provider);
        }
        server.registerProvider(new MemoryTransactions(providers));
        server.registerProvider(new MemoryOperations());
        server.withServletFilter(tokenFilter());
        pipeline.interceptors().forEach(server::registerInterceptor);
        further.forEach(server::registerInterceptor);
    }

    /** Starts the server once and puts the world back to where it begins. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server.beforeEach(context);
        now = World.NOW;
        permits.become(World.permits());
        audited.clear();
        disclosed.clear();
        entries.clear();
        withheldFromSearch.clear();
        searches.asked.clear();
        sent.clear();
        auditFailure = null;
        profileCheck = PolicyServer::valueRequired;
        fullText = PolicyServer::noWords;
        countries.clear();
        inactive.clear();
        countries.putAll(World.COUNTRIES);
        providers.values().forEach(MemoryProvider::clear);
        for (String patient : new String[] {World.ANNA, World.BERND, World.CLARA, World.DORA}) {
            given(Records.patient(patient));
        }
        given(Records.withId(new Organization().setName("Clinic"), World.CLINIC));
        given(Records.withId(new Organization().setName("Insurer"), World.INSURER));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.stopServer();
    }

    private static List<String> noWords(TextSearch search) {
        return List.of();
    }

    /** Stores a record past the pipeline. */
    public <T extends Resource> T given(T resource) {
        provider(resource.fhirType()).keep(resource);
        return resource;
    }

    public MemoryProvider<?> provider(String type) {
        MemoryProvider<?> provider = providers.get(type);
        if (provider == null) {
            throw new IllegalArgumentException(type);
        }
        return provider;
    }

    // HTTP

    /** An answer; reads of its body are by its FHIR type. */
    public record Answer(int status, String body, Map<String, List<String>> headers) {

        public Bundle bundle() {
            return FHIR.newJsonParser().parseResource(Bundle.class, body);
        }

        public OperationOutcome outcome() {
            return FHIR.newJsonParser().parseResource(OperationOutcome.class, body);
        }

        /** The denial code of the first issue. */
        public String code() {
            return outcome().getIssueFirstRep().getDetails().getCodingFirstRep().getCode();
        }

        /** The first value of a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        public List<String> foundIds() {
            return bundle().getEntry().stream()
                    .map(entry -> entry.getResource().getIdElement().getIdPart())
                    .sorted()
                    .toList();
        }
    }

    public Answer get(@Nullable Map<String, Object> claims, String path, String... headers) {
        HttpRequest.Builder builder = request(path).GET();
        return send(claims, headers.length == 0 ? builder : builder.headers(headers));
    }

    public Answer delete(Map<String, Object> claims, String path) {
        return send(claims, request(path).DELETE());
    }

    public Answer form(Map<String, Object> claims, String path, String body) {
        return send(
                claims,
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    public Answer post(@Nullable Map<String, Object> claims, String path, Resource resource, String... headers) {
        return send(claims, withBody(path, resource, "POST", headers));
    }

    public Answer put(Map<String, Object> claims, String path, Resource resource, String... headers) {
        return send(claims, withBody(path, resource, "PUT", headers));
    }

    public Answer raw(Map<String, Object> claims, String method, String path, String body) {
        return send(
                claims,
                request(path)
                        .header("Content-Type", "application/fhir+json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    /** Without the X-Request-Id and Date, which differ from answer to answer. */
    public static String comparable(Answer answer) {
        return answer.status() + "\n" + answer.body();
    }

    private HttpRequest.Builder request(String path) {
        String separator = path.startsWith("?") || path.isEmpty() ? "" : "/";
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + separator + path))
                .header("Connection", "close");
    }

    private HttpRequest.Builder withBody(String path, Resource resource, String method, String... headers) {
        HttpRequest.Builder builder = request(path)
                .header("Content-Type", "application/fhir+json")
                .method(method, BodyPublishers.ofString(FHIR.newJsonParser().encodeResourceToString(resource)));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private Answer send(@Nullable Map<String, Object> claims, HttpRequest.Builder request) {
        if (claims != null) {
            String token = "token-" + tokens.size();
            tokens.put(token, claims);
            request.header(TOKEN_HEADER, token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server may close a connection on which it refused a request before its body was read. */
    private static HttpClient oneConnectionARequest() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private Filter tokenFilter() {
        return (request, response, chain) -> {
            String token = ((HttpServletRequest) request).getHeader(TOKEN_HEADER);
            if (token != null) {
                request.setAttribute(VerifiedToken.CLAIMS_ATTRIBUTE, tokens.get(token));
            }
            chain.doFilter(request, response);
        };
    }

    // Ports

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private StoredRecords stored() {
        return (type, id) -> Optional.ofNullable(providers.get(type)).flatMap(provider -> provider.current(id));
    }

    private static List<SearchParameter> searchParameters() {
        return Stream.concat(
                        Objects.requireNonNull(FHIR.getValidationSupport().fetchAllSearchParameters()).stream()
                                .map(SearchParameter.class::cast),
                        ProfilePackage.searchParameters(FHIR).stream())
                .toList();
    }

    private void store(AuditEntry entry) {
        if (auditFailure != null) {
            throw auditFailure;
        }
        entries.add(entry);
        (entry.outcome() instanceof AuditOutcome.Denied ? audited : disclosed)
                .addAll(new AuditEvents(World.SERVER_BASE).render(entry));
    }

    /** Stands for the profiles: an Observation needs a value. */
    private static List<ValidationIssue> valueRequired(Resource resource) {
        return resource instanceof Observation observation && !observation.hasValue() && !observation.hasComponent()
                ? List.of(new ValidationIssue(
                        ValidationIssue.Severity.ERROR, "test-value", "Observation.value", "a value is missing"))
                : List.of();
    }
}
