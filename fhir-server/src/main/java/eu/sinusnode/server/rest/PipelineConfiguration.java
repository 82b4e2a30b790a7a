package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.disclosure.GateMetrics;
import eu.sinusnode.policy.narrowing.CallerLookup;
import eu.sinusnode.policy.narrowing.HistoryNarrowing;
import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.pipeline.PipelinePorts;
import eu.sinusnode.policy.pipeline.PipelineSettings;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.profiles.ProfilePackage;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.packages.FhirPackages;
import eu.sinusnode.server.audit.KeyedSearchValues;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.PackageProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.interactions.CurrentVersions;
import eu.sinusnode.server.interactions.HapiPatches;
import eu.sinusnode.server.interactions.Histories;
import eu.sinusnode.server.interactions.PermittedVersions;
import eu.sinusnode.server.interactions.Validations;
import eu.sinusnode.server.interactions.VersionContents;
import eu.sinusnode.server.interactions.VersionTable;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.population.CurrentRecords;
import eu.sinusnode.server.population.FoundRows;
import eu.sinusnode.server.population.PermittedRows;
import eu.sinusnode.server.population.PopulationTable;
import eu.sinusnode.server.population.PopulationVitals;
import eu.sinusnode.server.population.Populations;
import eu.sinusnode.server.population.ReferencedRows;
import eu.sinusnode.server.population.StorageRows;
import eu.sinusnode.server.population.WideRecords;
import eu.sinusnode.server.residency.SignedResidency;
import eu.sinusnode.server.storage.LookupConnections;
import eu.sinusnode.server.storage.R4SearchParameters;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.server.upload.SentIdentifierTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/** Gives the request's pipeline its ports and settings. */
@Configuration
class PipelineConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineConfiguration.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RequestPipeline requestPipeline(
            FhirContext context,
            PermitDirectory permits,
            Openings openings,
            StoredRecords storedRecords,
            StoredSearch storedSearch,
            WideRows wideRows,
            SentIdentifierTable sentIdentifiers,
            OrganizationDirectory organizations,
            CallerLookup callers,
            PractitionerDirectory practitioners,
            ObjectProvider<ProfileValidator> validator,
            AuditSink audit,
            PurposeKeys keys,
            GateMetrics gateMetrics,
            FullText fullText,
            Clock clock,
            ServiceProperties service,
            SignedResidency residency,
            LimitProperties limits) {
        PipelinePorts ports = new PipelinePorts(
                permits,
                openings,
                storedRecords,
                storedSearch,
                wideRows,
                sentIdentifiers,
                new HapiPatches(context),
                R4SearchParameters.of(FhirContext.forR4Cached()).definitions(),
                organizations,
                callers,
                practitioners,
                resource -> validator.getObject().validate(resource),
                audit,
                new KeyedSearchValues(keys),
                gateMetrics,
                fullText,
                clock);
        PipelineSettings settings = new PipelineSettings(
                service.baseUrl(),
                residency.rules(),
                limits.patientsPerSearch(),
                limits.futureTolerance(),
                Zone.OF_DATES);
        return new RequestPipeline(context, ports, settings);
    }

    @Bean
    WideRows wideRows(
            FhirContext context,
            StoredRecords storedRecords,
            DaoRegistry daos,
            ISearchParamRegistry searchParameters,
            DataSource dataSource) {
        return new StorageRows(
                context,
                storedRecords,
                new FoundRows(daos),
                new PermittedRows(dataSource),
                new ReferencedRows(searchParameters, dataSource),
                new CurrentRecords(dataSource));
    }

    @Bean
    CurrentVersions currentVersions(
            @Qualifier(LookupConnections.NAME) DataSource lookups,
            IJpaStorageResourceParser parser,
            IInterceptorService storageHooks) {
        return new CurrentVersions(lookups, parser, storageHooks);
    }

    @Bean
    Histories histories(
            FhirContext context,
            RequestPipeline pipeline,
            StoredRecords storedRecords,
            DataSource dataSource,
            LimitProperties limits) {
        VersionTable versions = new VersionTable(dataSource);
        return new Histories(
                versions,
                new PermittedVersions(versions, new PermittedRows(dataSource)),
                new VersionContents(context, storedRecords, dataSource),
                storedRecords,
                pipeline.gate(),
                new HistoryNarrowing(pipeline.visibility(), limits.patientsPerSearch()),
                pipeline.scope(),
                limits.pageSize(),
                limits.maxPageSize());
    }

    @Bean
    Populations populations(
            FhirContext context,
            RequestPipeline pipeline,
            StoredRecords storedRecords,
            WideRows wideRows,
            DataSource dataSource,
            LimitProperties limits) {
        CurrentRecords records = new CurrentRecords(dataSource);
        PopulationVitals vitals = new PopulationVitals(
                context,
                new PopulationTable(dataSource),
                records,
                storedRecords,
                pipeline.bulkDisclosure(),
                pipeline.scope(),
                limits.pageSize(),
                limits.maxPageSize());
        WideRecords others = new WideRecords(
                wideRows,
                pipeline.wideMatches(),
                records,
                pipeline.bulkDisclosure(),
                pipeline.scope(),
                limits.pageSize(),
                limits.maxPageSize());
        return new Populations(vitals, others);
    }

    @Bean
    Validations validations(RequestPipeline pipeline, ObjectProvider<ProfileValidator> validator) {
        return new Validations(
                pipeline.authorization(),
                pipeline.writeChecks(),
                pipeline.gate(),
                pipeline.scope(),
                (resource, profile) -> validator.getObject().validate(resource, List.of(profile)));
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

    /**
     * It reads and prepares some thousand definitions, so it is made beside the other beans. What it needs is made before:
     * a bean that is made in the background cannot wait for one that is not.
     */
    @Bean(bootstrap = Bean.Bootstrap.BACKGROUND)
    @DependsOn({"profilePackage", "fhirPackages"})
    ProfileValidator profileValidator(FhirContext context, ProfilePackage profiles, FhirPackages packages) {
        return new ProfileValidator(context, profiles.validationSupport(), packages.validationSupport());
    }

    /** Read before the server listens: with a package that cannot be used it does not start. */
    @Bean
    FhirPackages fhirPackages(FhirContext context, PackageProperties settings) {
        Path folder = settings.folder();
        if (folder == null) {
            return FhirPackages.none(context);
        }
        FhirPackages packages = FhirPackages.load(context, folder);
        LOG.info("FHIR packages: {}", packages.titles());
        packages.missing().forEach(LOG::warn);
        return packages;
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
