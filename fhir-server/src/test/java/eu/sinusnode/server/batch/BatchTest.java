package eu.sinusnode.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.ServletRequestTracing;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.VerifiedToken;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.authorization.BatchForm;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.rest.RequestTooLargeException;
import eu.sinusnode.server.security.TestRates;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** What an entry carries with it, and the bounds of a batch; the endpoint behind is a fake that writes down what it gets. */
class BatchTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String BASE = "https://fhir.example.org/fhir";

    private final List<AuditEntry> audited = new ArrayList<>();
    private final Endpoint endpoint = new Endpoint();
    private final MockHttpServletRequest outer = new MockHttpServletRequest("POST", "/fhir");
    private final MockHttpServletResponse answer = new MockHttpServletResponse();

    @BeforeEach
    void outerRequest() {
        outer.setServletPath("/fhir");
        outer.setAttribute(VerifiedToken.CLAIMS_ATTRIBUTE, Map.of("sub", "anna"));
        outer.setAttribute("left.by.somebody", "x");
        outer.addHeader("Authorization", "Bearer secret");
        outer.addHeader("X-Cascade", "delete");
        outer.addHeader("Prefer", "respond-async, return=minimal; handling=strict");
        outer.addParameter("_pretty", "true");
        outer.setContent("{}".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void anEntryHasTheTokenOfTheBatchAndNothingElseOfIt() throws Exception {
        Bundle batch = batch();
        add(batch, HTTPVerb.GET, "Patient?_id=1", null);

        run(batch, 1000, 1000);

        Received got = endpoint.received.get(0);
        assertThat(got.attributes)
                .containsOnlyKeys(VerifiedToken.CLAIMS_ATTRIBUTE, ServletRequestTracing.ATTRIBUTE_REQUEST_ID)
                .containsEntry(VerifiedToken.CLAIMS_ATTRIBUTE, Map.of("sub", "anna"))
                .containsEntry(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, "outer-0");
        assertThat(got.headers)
                .containsOnly(
                        Map.entry("Accept", "application/fhir+json"),
                        Map.entry("Prefer", "return=minimal, handling=strict"));
        assertThat(got.line).isEqualTo("GET /fhir/Patient?_id=1");
        assertThat(got.parameters).containsOnlyKeys("_id");
        assertThat(got.body).isEmpty();
    }

    @Test
    void whatAnEntryLeavesBehindReachesNeitherTheNextNorTheBatch() throws Exception {
        Bundle batch = batch();
        add(batch, HTTPVerb.GET, "Patient/1", null);
        add(batch, HTTPVerb.GET, "Patient/2", null);
        endpoint.leavesAttribute = "eu.sinusnode.left";

        run(batch, 1000, 1000);

        assertThat(endpoint.received.get(1).attributes).doesNotContainKey("eu.sinusnode.left");
        assertThat(outer.getAttribute("eu.sinusnode.left")).isNull();
        assertThat(answer.getHeaderNames()).doesNotContain("ETag", "Set-Cookie");
        assertThat(answer.getContentAsByteArray()).isEmpty();
    }

    @Test
    void aFailingEntryDoesNotStopTheOthers() throws Exception {
        Bundle batch = batch();
        add(batch, HTTPVerb.GET, "Patient/1", null);
        add(batch, HTTPVerb.GET, "Patient/throws", null);
        add(batch, HTTPVerb.HEAD, "Patient/3", null);
        add(batch, HTTPVerb.GET, "Patient/4", null);

        Bundle answered = run(batch, 1000, 1000);

        assertThat(answered.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "500 Internal Server Error", "403 Forbidden", "200 OK");
        assertThat(code(answered.getEntry().get(1))).isEqualTo("SN-SERVER-001");
        assertThat(code(answered.getEntry().get(2))).isEqualTo("SN-BUNDLE-001");
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.request().requestId()).isEqualTo("outer-2");
            assertThat(entry.outcome()).isInstanceOf(AuditOutcome.Denied.class);
        });
    }

    @Test
    void aBodyIsSentAsItIsAndAnUpdateWithAPlaceholderGetsTheIdOfItsUrl() throws Exception {
        Patient patient = new Patient();
        patient.setId("urn:uuid:11111111-1111-4111-8111-111111111111");
        patient.addName().setFamily("Brandt");
        Bundle batch = batch();
        add(batch, HTTPVerb.POST, "Patient", patient.copy()).setFullUrl(patient.getId());
        add(batch, HTTPVerb.PUT, "Patient/p1", patient.copy()).setFullUrl(patient.getId());
        add(batch, HTTPVerb.PATCH, "Patient/p1", patch("application/json-patch+json"));
        add(batch, HTTPVerb.PATCH, "Patient/p1", patch("text/plain"));

        run(batch, 1000, 1000);

        assertThat(endpoint.received)
                .extracting(got -> got.body)
                .containsExactly(
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Brandt\"}]}",
                        "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Brandt\"}]}",
                        "[]",
                        "{\"resourceType\":\"Binary\",\"contentType\":\"text/plain\",\"data\":\"W10=\"}");
        assertThat(endpoint.received)
                .extracting(got -> got.headers.get("Content-Type"))
                .containsExactly(
                        "application/fhir+json;charset=UTF-8",
                        "application/fhir+json;charset=UTF-8",
                        "application/json-patch+json",
                        "application/fhir+json;charset=UTF-8");
    }

    @Test
    void tooManyEntriesAreRefusedBeforeOneIsTouched() {
        Bundle batch = batch();
        for (int i = 0; i < 4; i++) {
            add(batch, HTTPVerb.GET, "Patient/1", null);
        }
        assertThatThrownBy(() -> run(batch, 3, 1000)).isInstanceOf(RequestTooLargeException.class);
        assertThat(endpoint.received).isEmpty();
    }

    @Test
    void theAnswerIsBoundedAndWhatWasStoredIsToldAllTheSame() throws Exception {
        endpoint.padding = "x".repeat(30_000);
        Bundle batch = batch();
        add(batch, HTTPVerb.GET, "Patient/1", null);
        add(batch, HTTPVerb.GET, "Patient/2", null);
        add(batch, HTTPVerb.PUT, "Patient/3", new Patient().setActive(true));
        add(batch, HTTPVerb.GET, "Patient/4", null);

        Bundle answered = run(batch, 1000, 1000);
        assertThat(answered.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "200 OK", "200 OK", "413 Payload Too Large");
        assertThat(answered.getEntry().get(2).hasResource()).isFalse();
        assertThat(answered.getEntry().get(2).getResponse().getEtag()).isEqualTo("W/\"7\"");
        assertThat(code(answered.getEntry().get(3))).isEqualTo("SN-REQUEST-009");
        assertThat(endpoint.received).hasSize(3);
        assertThat(audited).extracting(entry -> entry.request().requestId()).containsExactly("outer-3");
    }

    @Test
    void entriesCountAgainstTheLimitOfTheClient() throws Exception {
        TestRates.signIn("insurer");
        Bundle batch = batch();
        for (int i = 0; i < 5; i++) {
            add(batch, HTTPVerb.GET, "Patient/" + i, null);
        }

        Bundle answered = run(batch, 1000, 3);

        assertThat(answered.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "200 OK", "200 OK", "429 Too Many Requests", "429 Too Many Requests");
        assertThat(audited).as("a flood is audited once").hasSize(1);
    }

    @Test
    void whatIsNoFhirResourceIsNotPutIntoTheBundle() throws Exception {
        endpoint.contentType = "application/fhir+ndjson";
        Bundle batch = batch();
        add(batch, HTTPVerb.GET, "Patient/1", null);

        Bundle answered = run(batch, 1000, 1000);

        assertThat(answered.getEntryFirstRep().getResponse().getStatus()).startsWith("500");
        assertThat(answered.getEntryFirstRep().hasResource()).isFalse();
    }

    // Running

    private Bundle run(Bundle batch, int entries, int perMinute) throws IOException {
        LimitProperties limits = new LimitProperties(
                DataSize.ofMegabytes(1),
                entries,
                DataSize.ofKilobytes(64),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                50,
                500,
                300,
                Duration.ofMinutes(5));
        ServletRequestDetails request = new ServletRequestDetails();
        request.setServer(new RestfulServer(FHIR));
        request.setServletRequest(outer);
        request.setServletResponse(answer);
        request.setRequestId("outer");
        request.setFhirServerBase(BASE);
        request.setParameters(Map.of());
        Bundle envelope = new Batch(
                        new InnerRequests(endpoint, FHIR, limits.batchAnswer().toBytes()),
                        FHIR,
                        new BatchForm(AccessMatrix.standard(), BASE),
                        TestRates.of(perMinute),
                        new DenialAudit(new AuditTrail(audited::add, Clock.systemUTC())),
                        limits)
                .answer(request, batch);
        assertThat(envelope.getEntry()).isEmpty();
        assertThat(answer.getContentAsByteArray())
                .as("before the audit is written")
                .isEmpty();
        MockHttpServletResponse written = new MockHttpServletResponse();
        request.setServletResponse(written);
        assertThat(new BatchAnswerInterceptor().write(request)).isFalse();
        return FHIR.newJsonParser().parseResource(Bundle.class, written.getContentAsString());
    }

    private static Bundle batch() {
        return new Bundle().setType(BundleType.BATCH);
    }

    private static BundleEntryComponent add(Bundle batch, HTTPVerb method, String url, @Nullable Resource resource) {
        BundleEntryComponent entry = batch.addEntry().setResource(resource);
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    private static Binary patch(String contentType) {
        return new Binary().setContentType(contentType).setData("[]".getBytes(StandardCharsets.UTF_8));
    }

    private static String code(BundleEntryComponent entry) {
        return ((OperationOutcome) entry.getResponse().getOutcome())
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }

    /** A request as it reached the endpoint. */
    private record Received(
            String line,
            Map<String, String> headers,
            Map<String, Object> attributes,
            Map<String, String[]> parameters,
            String body) {}

    private static final class Endpoint extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient List<Received> received = new ArrayList<>();
        private @Nullable String leavesAttribute;
        private String padding = "";
        private String contentType = "application/fhir+json";

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<String, String> headers = new TreeMap<>();
            Collections.list(request.getHeaderNames()).stream()
                    .filter(name -> !name.equals("Content-Length"))
                    .forEach(name -> headers.put(name, request.getHeader(name)));
            Map<String, Object> attributes = new TreeMap<>();
            Collections.list(request.getAttributeNames())
                    .forEach(name -> attributes.put(name, request.getAttribute(name)));
            String query = request.getQueryString();
            received.add(new Received(
                    request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query),
                    headers,
                    attributes,
                    request.getParameterMap(),
                    new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            if (leavesAttribute != null) {
                request.setAttribute(leavesAttribute, "x");
            }
            if (request.getRequestURI().endsWith("throws")) {
                throw new IOException("the endpoint broke");
            }
            response.setContentType(contentType);
            response.addHeader("ETag", "W/\"7\"");
            response.addHeader("Set-Cookie", "a=b");
            response.getWriter().write("{\"resourceType\":\"Patient\",\"language\":\"" + padding + "\"}");
        }
    }
}
