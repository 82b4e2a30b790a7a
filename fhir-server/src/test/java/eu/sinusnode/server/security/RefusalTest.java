package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.ServletRequestTracing;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.configuration.CorsProperties;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Each refusal is in the audit under its request's id; a flood of them is not. */
class RefusalTest {

    private final List<AuditEntry> audited = new ArrayList<>();
    private final Refusal refusal = refusal(audited::add);

    @Test
    void thatNobodyCanSayWhetherATokenStandsIsAudited() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        refusal.unreachable(request("asked-1"), response, new IOException("away"));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("SN-SERVER-002");
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.request().requestId()).isEqualTo("asked-1");
            assertThat(((AuditOutcome.Denied) entry.outcome()).code()).isEqualTo("SN-SERVER-002");
        });
    }

    @Test
    void aFloodFromOneAddressIsToldUpToItsLimitAndThenOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(foreign("https://evil.example", refusal).getStatus()).isEqualTo(403);
        }
        assertThat(audited).hasSize(4);
    }

    @Test
    void aListedOriginIsNoRefusal() throws Exception {
        assertThat(foreign("https://app.example.org", refusal).getStatus()).isEqualTo(200);
        assertThat(audited).isEmpty();
    }

    @Test
    void whatCannotBeAuditedIsA503() throws Exception {
        Refusal broken = refusal(entry -> {
            throw new IllegalStateException("disk full");
        });
        assertThat(foreign("https://evil.example", broken).getContentAsString()).contains("SN-SERVER-003");
    }

    private static MockHttpServletResponse foreign(String origin, Refusal refusal) throws Exception {
        MockHttpServletRequest request = request("asked");
        request.addHeader("Origin", origin);
        MockHttpServletResponse response = new MockHttpServletResponse();
        BrowserOrigins.filter(new CorsProperties(List.of("https://app.example.org")), refusal)
                .doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static MockHttpServletRequest request(String id) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.setAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, id);
        return request;
    }

    private static Refusal refusal(AuditSink sink) {
        return new Refusal(
                FhirContext.forR4Cached(),
                new DenialAudit(new AuditTrail(sink, Clock.systemUTC())),
                new RefusalsToTell(3, TimeMeter.SYSTEM_NANOTIME));
    }
}
