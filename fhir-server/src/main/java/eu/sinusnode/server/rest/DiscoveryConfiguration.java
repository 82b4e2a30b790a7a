package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.profiles.ProfilePackage;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.storage.R4SearchParameters;
import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What anybody may read: the CapabilityStatement and the SMART configuration; and the body limit before all of it. */
@Configuration
class DiscoveryConfiguration {

    @Bean
    CapabilityStatementProvider capabilityStatementProvider(
            ProfilePackage profiles, ServiceProperties service, OAuthProperties oauth, Clock clock) {
        return new CapabilityStatementProvider(
                service,
                oauth,
                SupportedProfiles.of(profiles),
                R4SearchParameters.of(FhirContext.forR4Cached()),
                clock);
    }

    @Bean
    ServletRegistrationBean<JsonDocumentServlet> smartConfiguration(OAuthProperties oauth, ObjectMapper json)
            throws JsonProcessingException {
        byte[] document = json.writeValueAsString(SmartConfiguration.of(oauth)).getBytes(StandardCharsets.UTF_8);
        ServletRegistrationBean<JsonDocumentServlet> registration = new ServletRegistrationBean<>(
                new JsonDocumentServlet(document),
                "/.well-known/smart-configuration",
                FhirEndpointConfiguration.PATH + "/.well-known/smart-configuration");
        registration.setName("smart-configuration");
        return registration;
    }

    /** Runs before all others: what they refuse has an id too. */
    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIds() {
        FilterRegistrationBean<RequestIdFilter> registration = new FilterRegistrationBean<>(new RequestIdFilter());
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Runs after the security chain, so that an unauthenticated caller learns no limit. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(
            FhirContext context, ObjectProvider<DenialAudit> audit, LimitProperties limits) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(new BodyLimitFilter(
                context, audit::getObject, limits.requestBody().toBytes()));
        registration.addUrlPatterns(FhirEndpointConfiguration.PATH + "/*");
        registration.setOrder(0);
        return registration;
    }
}
