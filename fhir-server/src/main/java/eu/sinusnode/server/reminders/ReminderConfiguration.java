package eu.sinusnode.server.reminders;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.cache.IResourceTypeCacheSvc;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.configuration.ReminderProperties;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.therapy.AdherenceObservations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Puts reminders together, and begins with them once the server is there. */
@Configuration
class ReminderConfiguration {

    @Bean
    ReminderTasks reminderTasks(
            DaoRegistry daos,
            HikariDataSource dataSource,
            PartitionSettings partitions,
            IResourceTypeCacheSvc types,
            IInterceptorService hooks,
            MeterRegistry meters) {
        Set<String> indexed = OpenParameters.byType(AccessMatrix.standard()).getOrDefault(TaskIndex.TYPE, Set.of());
        return new ReminderTasks(
                daos,
                new TaskCopies(
                        new RunningTransaction(dataSource),
                        new TaskIndex(partitions, indexed),
                        types,
                        hooks,
                        meters.counter("sinusnode.reminders.copied")));
    }

    @Bean
    Reminders reminders(
            IHapiTransactionService transactions,
            HikariDataSource dataSource,
            StoredRecords records,
            ReminderTasks tasks,
            FhirContext context,
            MeterRegistry meters) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        return new Reminders(
                transactions,
                new Batches(transactions, meters),
                new ReminderPlans(transaction, new TimingText(context)),
                new ReminderTable(transaction),
                new PlanReader(records),
                tasks);
    }

    @Bean
    Adherence adherence(
            IHapiTransactionService transactions,
            HikariDataSource dataSource,
            StoredRecords records,
            @Lazy RecordSearch search,
            DaoRegistry daos) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        return new Adherence(
                transactions,
                transaction,
                new ReminderTable(transaction),
                records,
                new AdherenceObservations(search, records, daos),
                daos);
    }

    @Bean
    ReminderSettingsOperation reminderSettings(
            IHapiTransactionService transactions,
            HikariDataSource dataSource,
            StoredRecords records,
            RequestPipeline pipeline) {
        return new ReminderSettingsOperation(
                transactions, new ReminderSettingsTable(new RunningTransaction(dataSource)), records, pipeline.gate());
    }

    @Bean(destroyMethod = "close")
    ReminderWorker reminderWorker(Reminders reminders, Adherence adherence, ReminderProperties settings, Clock clock) {
        return new ReminderWorker(reminders, adherence, settings.workers(), clock);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> remindersBegin(ObjectProvider<ReminderWorker> worker) {
        return ready -> worker.getObject().start();
    }
}
