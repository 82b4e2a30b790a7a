package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.IResourceProvider;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.authorization.BatchForm;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.appointments.AppointmentOperations;
import eu.sinusnode.server.audit.reading.AccessLogOperation;
import eu.sinusnode.server.audit.reading.AffectedPatientsOperation;
import eu.sinusnode.server.audit.reading.UnfinishedRunsOperation;
import eu.sinusnode.server.batch.Batch;
import eu.sinusnode.server.batch.BatchAnswerInterceptor;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.server.breakglass.BreakGlassOperation;
import eu.sinusnode.server.breakglass.EndBreakGlassOperation;
import eu.sinusnode.server.bulkimport.ImportProvider;
import eu.sinusnode.server.bulkimport.ImportStatusProvider;
import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.decisions.ConsentDecisionOperation;
import eu.sinusnode.server.erasure.EraseOperation;
import eu.sinusnode.server.erasure.LegalHoldOperation;
import eu.sinusnode.server.erasure.RestrictOperation;
import eu.sinusnode.server.everything.EverythingOperation;
import eu.sinusnode.server.export.ExportProvider;
import eu.sinusnode.server.export.ExportStatusProvider;
import eu.sinusnode.server.interactions.CurrentVersions;
import eu.sinusnode.server.interactions.Histories;
import eu.sinusnode.server.interactions.StoredTextInterceptor;
import eu.sinusnode.server.interactions.Validations;
import eu.sinusnode.server.jobs.JobRunOperation;
import eu.sinusnode.server.lane.RiskInputOperation;
import eu.sinusnode.server.lane.RrIntervalsOperation;
import eu.sinusnode.server.lane.VitalReadingsOperation;
import eu.sinusnode.server.limits.RequestTime;
import eu.sinusnode.server.limits.RequestTimeInterceptor;
import eu.sinusnode.server.matching.MatchOperation;
import eu.sinusnode.server.measurements.MeasurementOperations;
import eu.sinusnode.server.merging.MergeOperation;
import eu.sinusnode.server.population.Populations;
import eu.sinusnode.server.questions.AskOperation;
import eu.sinusnode.server.reminders.ReminderSettingsOperation;
import eu.sinusnode.server.replay.Replays;
import eu.sinusnode.server.replay.RiskReplayOperation;
import eu.sinusnode.server.security.CallerRates;
import eu.sinusnode.server.security.RefusalsToTell;
import eu.sinusnode.server.signoff.SignOffOperation;
import eu.sinusnode.server.therapy.ActivateOperation;
import eu.sinusnode.server.therapy.ApplyOperation;
import eu.sinusnode.server.therapy.HeldPlans;
import eu.sinusnode.server.therapy.PartlyFoundTypes;
import eu.sinusnode.server.therapy.PlanChangeInterceptor;
import eu.sinusnode.server.therapy.PrintOperation;
import eu.sinusnode.server.therapy.ProgrammeDiffOperation;
import eu.sinusnode.server.therapy.ProgressOperation;
import eu.sinusnode.server.therapy.ShownPlans;
import eu.sinusnode.server.upload.RepeatedUploadInterceptor;
import eu.sinusnode.server.upload.SentIdentifierTable;
import eu.sinusnode.server.vitals.VitalTransaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.core.StandardHost;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/** Puts the FHIR endpoint together: open types, the pipeline before them, the storage behind them. */
@Configuration
class FhirEndpointConfiguration {

    static final String PATH = "/fhir";

    /**
     * The servlet asks for its parts when it is initialised, which is after all beans are there. If it held them, the
     * container, which is made first, would have to create the whole storage before the bean factory has settled, and
     * every look-up by type would be a search.
     */
    @Bean
    ServletRegistrationBean<FhirServlet> fhirServlet(
            FhirContext context, ServiceProperties service, ObjectProvider<Endpoint> endpoint) {
        FhirServlet servlet = new FhirServlet(
                context, service.baseUrl(), ready -> endpoint.getObject().openOn(ready));
        ServletRegistrationBean<FhirServlet> registration = new ServletRegistrationBean<>(servlet, PATH + "/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> brokenAnswers() {
        return container -> container.addContextValves(new BrokenAnswers.Valve());
    }

    /** The container makes its own valve by a name, unless one of that name is there. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadRequests(
            ObjectProvider<DenialAudit> audit, ObjectProvider<RefusalsToTell> told) {
        return container -> container.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(UnreadRequests.class.getName());
            host.getPipeline().addValve(new UnreadRequests(audit::getObject, told::getObject));
        });
    }

    @Bean
    Endpoint endpoint(
            LimitProperties limits,
            ServiceProperties service,
            CallerRates callerRates,
            RequestTime time,
            DaoRegistry daos,
            IFhirSystemDao<Bundle, Meta> systemDao,
            DatabaseBackedPagingProvider paging,
            RequestPipeline pipeline,
            CurrentVersions current,
            Histories histories,
            Populations populations,
            Validations validations,
            CapabilityStatementProvider capabilities,
            ObjectProvider<IResourceProvider> ownProviders,
            VitalReadingsOperation vitalReadings,
            RrIntervalsOperation rrIntervals,
            RiskInputOperation riskInput,
            AccessLogOperation accessLog,
            AffectedPatientsOperation affectedPatients,
            UnfinishedRunsOperation unfinishedRuns,
            JobRunOperation jobRun,
            EverythingOperation everything,
            MeasurementOperations measurements,
            MatchOperation match,
            MergeOperation merge,
            EraseOperation erase,
            LegalHoldOperation legalHold,
            Replays replays,
            ConsentDecisionOperation consentDecision,
            ReminderSettingsOperation reminderSettings,
            RestrictOperation restrict,
            BreakGlassOperation breakGlass,
            EndBreakGlassOperation endBreakGlass,
            AppointmentOperations appointments,
            AskOperation ask,
            PartlyFoundTypes partlyFound,
            ShownPlans shownPlans,
            ExportProvider exports,
            ExportStatusProvider exportStatus,
            ImportProvider imports,
            ImportStatusProvider importStatus,
            SentIdentifierTable sentIdentifiers,
            VitalTransaction vitals,
            StorageHooks hooks,
            HeldPlans heldPlans,
            Clock clock) {
        paging.setDefaultPageSize(limits.pageSize());
        paging.setMaximumPageSize(limits.maxPageSize());
        return servlet -> {
            servlet.setPagingProvider(paging);
            servlet.registerProviders(providers(
                    daos,
                    current,
                    histories,
                    populations,
                    ownProviders.orderedStream().toList()));
            InnerRequests inner = new InnerRequests(
                    servlet, daos.getFhirContext(), limits.batchAnswer().toBytes());
            Batch batch = new Batch(
                    inner,
                    daos.getFhirContext(),
                    new BatchForm(AccessMatrix.standard(), service.baseUrl()),
                    callerRates,
                    pipeline.denialAudit(),
                    limits);
            servlet.registerProvider(new TransactionProvider(systemDao, vitals, batch));
            servlet.registerProviders(validations(daos, validations));
            servlet.registerProviders(metas(daos, current, histories, pipeline.gate()));
            servlet.registerProvider(vitalReadings);
            servlet.registerProvider(rrIntervals);
            servlet.registerProvider(riskInput);
            servlet.registerProvider(accessLog);
            servlet.registerProvider(affectedPatients);
            servlet.registerProvider(unfinishedRuns);
            servlet.registerProvider(jobRun);
            servlet.registerProvider(everything);
            servlet.registerProviders(measurements.lastN(), measurements.stats(), measurements.trend());
            servlet.registerProvider(match);
            servlet.registerProvider(merge);
            servlet.registerProvider(erase);
            servlet.registerProvider(legalHold);
            servlet.registerProvider(new SignOffOperation(inner, daos.getFhirContext(), clock));
            servlet.registerProvider(new ApplyOperation(inner, daos.getFhirContext(), partlyFound, clock));
            servlet.registerProvider(new ProgressOperation(inner, daos.getFhirContext(), clock));
            servlet.registerProvider(new PrintOperation(inner, daos.getFhirContext(), clock, pipeline.requestAudit()));
            servlet.registerProvider(new ProgrammeDiffOperation(inner, daos.getFhirContext()));
            servlet.registerProvider(new ActivateOperation(inner, daos.getFhirContext(), partlyFound, clock));
            servlet.registerProviders(appointments.on(inner));
            servlet.registerProvider(ask);
            servlet.registerProvider(new RiskReplayOperation(inner, daos.getFhirContext(), replays, clock));
            servlet.registerProvider(consentDecision);
            servlet.registerProvider(reminderSettings);
            servlet.registerProvider(restrict);
            servlet.registerProvider(breakGlass);
            servlet.registerProvider(endBreakGlass);
            servlet.registerProvider(exports);
            servlet.registerProvider(exportStatus);
            servlet.registerProvider(imports);
            servlet.registerProvider(importStatus);
            servlet.setServerConformanceProvider(capabilities);
            servlet.registerInterceptor(new AnswerInterceptor());
            servlet.registerInterceptor(new BrokenAnswers());
            servlet.registerInterceptor(new BatchAnswerInterceptor());
            servlet.registerInterceptor(new StoredTextInterceptor());
            servlet.registerInterceptor(new RequestTimeInterceptor(time, pipeline.requestAudit(), limits.streamTime()));
            servlet.registerInterceptor(new RepeatedUploadInterceptor(sentIdentifiers));
            servlet.registerInterceptor(
                    new PlanChangeInterceptor(inner, daos.getFhirContext(), heldPlans, partlyFound, shownPlans, clock));
            pipeline.interceptors().forEach(servlet::registerInterceptor);
        };
    }

    /**
     * Hooks of our own on the storage, in the order of their {@code @Order}. The pipeline is not among them: HAPI asks
     * both services for a request's storage hooks, and a hook in both would run twice.
     */
    @Bean
    StorageHooks storageHooks(IInterceptorService storage, ListableBeanFactory beans) {
        List<Object> hooks = new ArrayList<>();
        Arrays.stream(beans.getBeanNamesForAnnotation(Interceptor.class))
                .filter(name -> isOurs(beans.getType(name)))
                .forEach(name -> hooks.add(beans.getBean(name)));
        AnnotationAwareOrderComparator.sort(hooks);
        storage.registerInterceptors(hooks);
        return new StorageHooks(hooks.size());
    }

    /** What beans bring for a type takes the place of the storage's. */
    private static List<IResourceProvider> providers(
            DaoRegistry daos,
            CurrentVersions current,
            Histories histories,
            Populations populations,
            List<IResourceProvider> own) {
        Map<String, IResourceProvider> byType = new TreeMap<>();
        own.stream()
                .filter(provider -> isOurs(provider.getClass()))
                .forEach(provider -> byType.put(provider.getResourceType().getSimpleName(), provider));
        for (String type : AccessMatrix.standard().resourceTypes()) {
            byType.computeIfAbsent(
                    type,
                    missing -> new OpenTypeProvider<>(
                            missing, daos.getResourceDao(missing), current, histories, populations));
        }
        return List.copyOf(byType.values());
    }

    private static List<IResourceProvider> validations(DaoRegistry daos, Validations validations) {
        return AccessMatrix.standard().writtenTypes().stream()
                .<IResourceProvider>map(type ->
                        new ValidationProvider(type, daos.getResourceDao(type).getResourceType(), validations))
                .toList();
    }

    private static List<IResourceProvider> metas(
            DaoRegistry daos, CurrentVersions current, Histories histories, DisclosureGate gate) {
        AccessMatrix matrix = AccessMatrix.standard();
        return matrix.resourceTypes().stream()
                .filter(type ->
                        !matrix.hasOwnSearch(type) && matrix.interactions(type).contains(Interaction.READ))
                .<IResourceProvider>map(type ->
                        new MetaProvider(type, daos.getResourceDao(type).getResourceType(), current, histories, gate))
                .toList();
    }

    private static boolean isOurs(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith("eu.sinusnode.");
    }

    /** Everything that the servlet serves. */
    interface Endpoint {
        void openOn(FhirServlet servlet);
    }

    /** Says that the storage's hooks are registered; nothing is served before. */
    record StorageHooks(int count) {}
}
