package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.disclosure.GateMetrics;
import eu.sinusnode.policy.pipeline.PipelinePorts;
import eu.sinusnode.policy.pipeline.PipelineSettings;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.ResidencyProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the request's pipeline its ports and settings. */
@Configuration
class PipelineConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RequestPipeline requestPipeline(
            FhirContext context,
            PermitDirectory permits,
            StoredRecords storedRecords,
            OrganizationDirectory organizations,
            ProfileValidator validator,
            AuditSink audit,
            GateMetrics gateMetrics,
            Clock clock,
            ServiceProperties service,
            ResidencyProperties residency,
            LimitProperties limits) {
        PipelinePorts ports = new PipelinePorts(
                permits, storedRecords, organizations, validator::validate, audit, gateMetrics, clock);
        PipelineSettings settings = new PipelineSettings(
                service.baseUrl(),
                residency.tier(),
                limits.patientsPerSearch(),
                limits.futureTolerance(),
                Zone.OF_DATES);
        return new RequestPipeline(context, ports, settings);
    }

    @Bean
    DenialAudit denialAudit(RequestPipeline pipeline) {
        return pipeline.denialAudit();
    }

    @Bean
    ProfileValidator profileValidator(FhirContext context) {
        return new ProfileValidator(context);
    }
}
