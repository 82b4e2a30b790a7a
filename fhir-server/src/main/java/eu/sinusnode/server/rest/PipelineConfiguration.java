package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.disclosure.GateMetrics;
import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.narrowing.HistoryNarrowing;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.pipeline.PipelinePorts;
import eu.sinusnode.policy.pipeline.PipelineSettings;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.profiles.ProfilePackage;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.server.audit.KeyedSearchValues;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.ResidencyProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.interactions.HapiPatches;
import eu.sinusnode.server.interactions.Histories;
import eu.sinusnode.server.interactions.VersionTable;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.R4SearchParameters;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

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
            StoredSearch storedSearch,
            OrganizationDirectory organizations,
            PractitionerDirectory practitioners,
            ObjectProvider<ProfileValidator> validator,
            AuditSink audit,
            PurposeKeys keys,
            GateMetrics gateMetrics,
            FullText fullText,
            Clock clock,
            ServiceProperties service,
            ResidencyProperties residency,
            LimitProperties limits) {
        PipelinePorts ports = new PipelinePorts(
                permits,
                storedRecords,
                storedSearch,
                new HapiPatches(context),
                R4SearchParameters.of(FhirContext.forR4Cached()).definitions(),
                organizations,
                practitioners,
                resource -> validator.getObject().validate(resource),
                audit,
                new KeyedSearchValues(keys),
                gateMetrics,
                fullText,
                clock);
        PipelineSettings settings = new PipelineSettings(
                service.baseUrl(),
                residency.tier(),
                limits.patientsPerSearch(),
                limits.futureTolerance(),
                Zone.OF_DATES);
        return new RequestPipeline(context, ports, settings);
    }

    @Bean
    Histories histories(
            RequestPipeline pipeline, StoredRecords storedRecords, DataSource dataSource, LimitProperties limits) {
        return new Histories(
                new VersionTable(dataSource),
                storedRecords,
                pipeline.gate(),
                new HistoryNarrowing(pipeline.visibility(), limits.patientsPerSearch()),
                pipeline.scope(),
                limits.pageSize(),
                limits.maxPageSize());
    }

    @Bean
    MemberGroupProvider memberGroups(RequestPipeline pipeline) {
        return new MemberGroupProvider(pipeline.scope(), pipeline.visibility());
    }

    @Bean
    DenialAudit denialAudit(RequestPipeline pipeline) {
        return pipeline.denialAudit();
    }

    @Bean
    RequestAudit requestAudit(RequestPipeline pipeline) {
        return pipeline.requestAudit();
    }

    /** It reads and prepares some thousand definitions, so it is made beside the other beans. */
    @Bean(bootstrap = Bean.Bootstrap.BACKGROUND)
    ProfileValidator profileValidator(FhirContext context, ProfilePackage profiles) {
        return new ProfileValidator(context, profiles.validationSupport());
    }

    @Bean
    ProfilePackage profilePackage(FhirContext context) {
        return ProfilePackage.load(context);
    }

    @Bean(name = ConfigurableApplicationContext.BOOTSTRAP_EXECUTOR_BEAN_NAME)
    TaskExecutor bootstrapExecutor() {
        return new SimpleAsyncTaskExecutor("beans-");
    }
}
