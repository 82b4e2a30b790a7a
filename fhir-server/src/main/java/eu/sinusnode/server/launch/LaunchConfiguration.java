package eu.sinusnode.server.launch;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.keys.PurposeKeys;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code POST /launch} together. */
@Configuration
class LaunchConfiguration {

    static final String PATH = "/launch";

    @Bean
    Launch launch(
            RequestPipeline pipeline,
            PurposeKeys keys,
            AuditSink audit,
            Clock clock,
            ServiceProperties service,
            OAuthProperties oauth) {
        return new Launch(
                pipeline.recordAccess(),
                new LaunchTokens(keys, clock, service.baseUrl(), oauth.issuer()),
                new AuditTrail(audit, clock),
                pipeline.denialAudit());
    }

    @Bean
    ServletRegistrationBean<LaunchServlet> launchEndpoint(
            ObjectProvider<Launch> launch, FhirContext context, ServiceProperties service) {
        ServletRegistrationBean<LaunchServlet> registration =
                new ServletRegistrationBean<>(new LaunchServlet(launch::getObject, context, service.baseUrl()), PATH);
        registration.setName("launch");
        return registration;
    }
}
