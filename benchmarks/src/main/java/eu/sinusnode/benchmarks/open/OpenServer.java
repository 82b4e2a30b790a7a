package eu.sinusnode.benchmarks.open;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.limits.RequestTime;
import eu.sinusnode.server.residency.ResidencyConfiguration;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * The storage of the FHIR server behind HAPI's own providers: no token, no policy, no audit. It reads a database that the
 * real server has made, and answers on the loopback interface alone.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            OAuth2ResourceServerAutoConfiguration.class,
            QuartzAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class,
            ThymeleafAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        },
        excludeName = {
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration",
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchClientAutoConfiguration"
        })
@ComponentScan(
        basePackages = "eu.sinusnode.server.storage",
        excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.OwnTablesConfiguration"))
@ConfigurationPropertiesScan("eu.sinusnode.server.configuration")
public class OpenServer {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(OpenServer.class);
        application.run(arguments);
    }

    /** What the pool asks whether a request may go on. Nothing begins a request's time here, so nothing ends it. */
    @Bean
    RequestTime requestTime() {
        return new RequestTime(System::nanoTime);
    }

    /** The storage waits for the check of where data may go. Here nothing is checked, and nothing but loopback is called. */
    @Bean(ResidencyConfiguration.CHECKED)
    String unchecked() {
        return "not checked";
    }

    /** The servlet is made before the storage is: it asks for its parts when it is initialised. */
    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(
            FhirContext context,
            ServiceProperties service,
            ObjectProvider<ResourceProviderFactory> providers,
            ObjectProvider<JpaSystemProvider<Bundle, Meta>> system,
            ObjectProvider<DatabaseBackedPagingProvider> paging) {
        return HapiServlet.registration(context, service.baseUrl(), providers, system, paging);
    }
}
