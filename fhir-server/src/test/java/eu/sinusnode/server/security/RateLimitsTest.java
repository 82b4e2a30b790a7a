package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.ServletRequestTracing;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.DenialAudit;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class RateLimitsTest {

    private final HandMovedTime time = new HandMovedTime();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final Refusal refusal = new Refusal(
            FhirContext.forR4Cached(),
            new DenialAudit(new AuditTrail(audited::add, Clock.systemUTC())),
            new RefusalsToTell(100, TimeMeter.SYSTEM_NANOTIME));
    private final FilterChain good = (request, response) -> {};
    private final FilterChain bad =
            (request, response) -> ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aClientOverItsLimitIsToldWhenToComeAgain() throws Exception {
        Filter filter = new CallerRateFilter(rates(6, 100), refusal);
        for (int i = 0; i < 6; i++) {
            assertThat(asClient(filter, "insurer").getStatus()).isEqualTo(200);
        }

        MockHttpServletResponse refused = asClient(filter, "insurer");

        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("10");
        assertThat(refused.getContentAsString()).contains("SN-REQUEST-005");
        assertThat(asClient(filter, "clinic-system").getStatus())
                .as("another client")
                .isEqualTo(200);

        time.passes(Duration.ofSeconds(10));
        assertThat(asClient(filter, "insurer").getStatus()).isEqualTo(200);
        assertThat(asClient(filter, "insurer").getStatus()).isEqualTo(429);
    }

    @Test
    void aPersonIsLimitedWithWhateverClient() throws Exception {
        Filter filter = new CallerRateFilter(rates(100, 2), refusal);

        assertThat(asPerson(filter, "anna", "app").getStatus()).isEqualTo(200);
        assertThat(asPerson(filter, "anna", "another app").getStatus()).isEqualTo(200);
        assertThat(asPerson(filter, "anna", "app").getStatus()).isEqualTo(429);
        assertThat(asPerson(filter, "berta", "app").getStatus()).isEqualTo(200);
    }

    @Test
    void staffWithoutARecordOfTheirOwnAreLimitedToo() throws Exception {
        Filter filter = new CallerRateFilter(rates(100, 1), refusal);
        Jwt auditor = token("admin")
                .subject("auditor-1")
                .claim("caller_kind", "auditor")
                .build();

        assertThat(with(filter, auditor).getStatus()).isEqualTo(200);
        assertThat(with(filter, auditor).getStatus()).isEqualTo(429);
    }

    @Test
    void anAddressThatKeepsFailingIsNotWorkedFor() throws Exception {
        Filter filter = new FailureRateFilter(new RateLimit(3, time), refusal);
        for (int i = 0; i < 3; i++) {
            assertThat(from(filter, "192.0.2.1", bad).getStatus()).isEqualTo(401);
        }

        assertThat(from(filter, "192.0.2.1", good).getStatus()).isEqualTo(429);
        assertThat(from(filter, "192.0.2.2", good).getStatus()).isEqualTo(200);

        time.passes(Duration.ofMinutes(1));
        assertThat(from(filter, "192.0.2.1", good).getStatus()).isEqualTo(200);
    }

    @Test
    void badLogoutTokensCountAndOtherBadRequestsDoNot() throws Exception {
        FilterChain badRequest =
                (request, response) -> ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_BAD_REQUEST);
        Filter filter = new FailureRateFilter(new RateLimit(3, time), refusal);
        for (int i = 0; i < 3; i++) {
            assertThat(from(filter, "192.0.2.1", badRequest).getStatus()).isEqualTo(400);
            assertThat(sent(filter, "/backchannel-logout", "192.0.2.2", badRequest)
                            .getStatus())
                    .isEqualTo(400);
        }

        assertThat(from(filter, "192.0.2.1", good).getStatus()).isEqualTo(200);
        assertThat(from(filter, "192.0.2.2", good).getStatus()).isEqualTo(429);
    }

    @Test
    void successesAreNotCountedAsFailures() throws Exception {
        Filter filter = new FailureRateFilter(new RateLimit(3, time), refusal);
        for (int i = 0; i < 50; i++) {
            assertThat(from(filter, "192.0.2.1", good).getStatus()).isEqualTo(200);
        }
    }

    @Test
    void aFloodIsAuditedOnceAMinute() throws Exception {
        Filter filter = new CallerRateFilter(rates(1, 100), refusal);
        for (int i = 0; i < 20; i++) {
            asClient(filter, "insurer");
        }
        assertThat(audited).hasSize(1);

        time.passes(Duration.ofSeconds(61));
        for (int i = 0; i < 20; i++) {
            asClient(filter, "insurer");
        }
        assertThat(audited).hasSize(2);
    }

    private CallerRates rates(int perClient, int perPerson) {
        return new CallerRates(new RateLimit(perClient, time), new RateLimit(perPerson, time));
    }

    private static MockHttpServletResponse asClient(Filter filter, String client) throws Exception {
        return with(
                filter,
                token(client)
                        .subject("service-account")
                        .claim("caller_kind", "insurer")
                        .build());
    }

    private static MockHttpServletResponse asPerson(Filter filter, String person, String client) throws Exception {
        return with(
                filter,
                token(client).subject(person).claim("fhirUser", "Patient/1").build());
    }

    private static Jwt.Builder token(String client) {
        return Jwt.withTokenValue("token").header("alg", "ES256").claim("azp", client);
    }

    private static MockHttpServletResponse with(Filter filter, Jwt token) throws Exception {
        SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(token));
        return from(filter, "192.0.2.9", (request, response) -> {});
    }

    private static MockHttpServletResponse from(Filter filter, String address, FilterChain chain) throws Exception {
        return sent(filter, "/fhir/Patient", address, chain);
    }

    private static MockHttpServletResponse sent(Filter filter, String path, String address, FilterChain chain)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        request.setAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, "one request");
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, chain);
        return response;
    }

    private static final class HandMovedTime implements TimeMeter {

        private long nanos = 1;

        void passes(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
