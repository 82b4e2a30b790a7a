package eu.sinusnode.server.security;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.configuration.CorsProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.RateLimitProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.rest.CarefulHeaders;
import eu.sinusnode.server.subscriptions.sockets.SocketServlet;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Nothing without a valid token, except what tells how to get one and whether the server is well. */
@Configuration
class SecurityConfiguration {

    private static final String KIND_CLAIM = "caller_kind";

    @Bean
    JWKSource<SecurityContext> publishedKeys(OAuthProperties oauth, OutboundHttp http) {
        return IssuerKeys.published(oauth, http);
    }

    @Bean
    JwtDecoder issuerKeys(OAuthProperties oauth, JWKSource<SecurityContext> keys, Clock clock) {
        return new RememberedTokens(new IssuerKeys(oauth, keys), clock);
    }

    @Bean
    ClientAssertion clientAssertion(OAuthProperties oauth, ServiceProperties service, Clock clock) {
        return new ClientAssertion(oauth, oauth.clientKeyIn(service.home()), clock);
    }

    @Bean
    RememberedStanding tokenStanding(OutboundHttp http, OAuthProperties oauth, ClientAssertion assertion) {
        return new RememberedStanding(new HttpIntrospection(http, oauth, assertion), System::nanoTime);
    }

    @Bean
    EndedSessions endedSessions() {
        return new EndedSessions(System::nanoTime);
    }

    @Bean
    LiveTokens liveTokens(JwtDecoder decoder, EndedSessions ended, TokenStanding standing, Clock clock) {
        return new LiveTokens(decoder, ended, standing, clock);
    }

    @Bean
    LogoutServlet.Receiver logoutReceiver(
            OAuthProperties oauth,
            JWKSource<SecurityContext> keys,
            Clock clock,
            EndedSessions sessions,
            RememberedStanding standing,
            Refusal refusal) {
        return new LogoutServlet.Receiver(
                new LogoutTokens(oauth, keys, clock),
                ended -> {
                    sessions.add(ended);
                    standing.forget(ended.session(), ended.subject());
                },
                refusal);
    }

    @Bean
    ServletRegistrationBean<LogoutServlet> logoutEndpoint(ObjectProvider<LogoutServlet.Receiver> receiver) {
        ServletRegistrationBean<LogoutServlet> registration =
                new ServletRegistrationBean<>(new LogoutServlet(receiver::getObject), LogoutServlet.PATH);
        registration.setName("backchannel-logout");
        return registration;
    }

    @Bean
    RefusalsToTell refusalsToTell(RateLimitProperties rates) {
        return new RefusalsToTell(rates.failuresPerAddress(), TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    Refusal refusal(FhirContext context, DenialAudit audit, RefusalsToTell told) {
        return new Refusal(context, audit, told);
    }

    @Bean
    CallerRates callerRates(RateLimitProperties rates) {
        return new CallerRates(limit(rates.perClient()), limit(rates.perPerson()));
    }

    @Bean
    static WithoutMvcMatching withoutMvcMatching() {
        return new WithoutMvcMatching();
    }

    @Bean
    HttpFirewall httpFirewall() {
        return new HeaderFirewall();
    }

    /** Metrics of each filter would cost more than most filters do; requests as a whole are observed. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            Refusal refusal,
            TokenStanding standing,
            EndedSessions ended,
            CorsProperties origins,
            RateLimitProperties rates,
            CallerRates callerRates,
            Clock clock)
            throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .addFilter(BrowserOrigins.filter(origins, refusal))
                .headers(headers -> headers.contentSecurityPolicy(
                                content -> content.policyDirectives(CarefulHeaders.CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> {})
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(open())
                        .permitAll()
                        .requestMatchers(get("/actuator/prometheus"))
                        .hasAuthority(CallerKind.ADMINISTRATOR.claim())
                        .requestMatchers(path("/fhir/**"), post("/launch"))
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerHeader())
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(caller()))
                        .authenticationEntryPoint(refusal)
                        .accessDeniedHandler(refusal)
                        .withObjectPostProcessor(answersOutages(refusal)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .addFilterAfter(
                        new FailureRateFilter(limit(rates.failuresPerAddress()), refusal), HeaderWriterFilter.class)
                .addFilterAfter(new BearerOnlyFilter(refusal), FailureRateFilter.class)
                .addFilterAfter(
                        new StandingFilter(
                                token -> !ended.cover(token) && standing.stands(token),
                                new StreamStanding(ended, standing, clock),
                                refusal),
                        BearerTokenAuthenticationFilter.class)
                .addFilterAfter(new CallerRateFilter(callerRates, refusal), StandingFilter.class)
                .addFilterAfter(new VerifiedTokenFilter(), CallerRateFilter.class)
                .build();
    }

    private static RateLimit limit(int perMinute) {
        return new RateLimit(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    private static RequestMatcher[] open() {
        return new RequestMatcher[] {
            get("/fhir/metadata"),
            get("/fhir/.well-known/smart-configuration"),
            get("/.well-known/smart-configuration"),
            get("/.well-known/launch-jwks.json"),
            get("/.well-known/video-jwks.json"),
            get("/.well-known/residency-attestation"),
            get("/.well-known/residency-jwks.json"),
            get("/api"),
            get("/api/*"),
            // Its first message is its credential.
            get(SocketServlet.PATH),
            // A logout token is its own proof.
            post(LogoutServlet.PATH),
            get("/actuator/health"),
            get("/actuator/health/**")
        };
    }

    private static RequestMatcher get(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, path);
    }

    private static RequestMatcher post(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, path);
    }

    private static RequestMatcher path(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(path);
    }

    /** The kind is the one authority that this chain knows; everything else is the policies' business. */
    private static Converter<Jwt, AbstractAuthenticationToken> caller() {
        return jwt -> {
            String kind = jwt.getClaimAsString(KIND_CLAIM);
            return new JwtAuthenticationToken(
                    jwt, kind == null ? List.of() : List.of(new SimpleGrantedAuthority(kind)));
        };
    }

    /** By default an outage of the issuer would be thrown on and end as a bare 500. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answersOutages(Refusal refusal) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(refusal::commence);
                return filter;
            }
        };
    }
}
