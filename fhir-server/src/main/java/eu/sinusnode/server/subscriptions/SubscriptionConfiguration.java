package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.SubscriptionProperties;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.residency.EndpointRegistry;
import eu.sinusnode.server.residency.SignedResidency;
import eu.sinusnode.server.security.LiveTokens;
import eu.sinusnode.server.subscriptions.delivery.DeliveryWorkers;
import eu.sinusnode.server.subscriptions.sockets.BindingTokens;
import eu.sinusnode.server.subscriptions.sockets.Sockets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts Subscriptions together: their store, what fills the outbox, and what empties it. */
@Configuration
class SubscriptionConfiguration {

    @Bean
    HeaderSeal headerSeal(PurposeKeys keys) {
        return new HeaderSeal(keys);
    }

    @Bean
    SubscriptionTable subscriptionTable(HikariDataSource dataSource, HeaderSeal seal) {
        return new SubscriptionTable(dataSource, seal);
    }

    @Bean(destroyMethod = "close")
    LiveSubscriptions liveSubscriptions(HikariDataSource dataSource) {
        return new LiveSubscriptions(dataSource);
    }

    @Bean
    Notifications notifications(FhirContext context, ServiceProperties service) {
        return new Notifications(context, service.baseUrl());
    }

    @Bean
    SocketBindings socketBindings(
            SubscriptionTable table,
            LiveTokens tokens,
            BindingTokens bindingTokens,
            ServiceProperties service,
            Clock clock) {
        return new SocketBindings(table, tokens, bindingTokens, service.websocketUrl(), clock);
    }

    @Bean
    SubscriptionProvider subscriptions(
            SubscriptionTable table,
            RequestPipeline pipeline,
            SignedResidency residency,
            Notifications notifications,
            SocketBindings sockets,
            FhirContext context,
            SubscriptionProperties limits,
            Clock clock) {
        return new SubscriptionProvider(
                table,
                pipeline.eventDisclosure(),
                endpoints(residency, clock),
                notifications,
                sockets,
                context,
                limits.perClient(),
                clock);
    }

    @Bean(destroyMethod = "close")
    DeliveryWorkers deliveryWorkers(
            HikariDataSource dataSource,
            HeaderSeal seal,
            RequestPipeline pipeline,
            SignedResidency residency,
            OutboundProperties outbound,
            Sockets sockets,
            Notifications notifications,
            AuditSink audit,
            MeterRegistry meters,
            SubscriptionProperties limits,
            Clock clock) {
        return new DeliveryWorkers(
                dataSource,
                seal,
                pipeline.eventDisclosure(),
                endpoints(residency, clock),
                OutboundHttp.ofHosts(outbound, residency.document().hosts(EndpointPurpose.SUBSCRIPTION)),
                outbound.answerTimeout(),
                sockets,
                notifications,
                new AuditTrail(audit, clock),
                meters,
                limits,
                clock);
    }

    private static EndpointRegistry endpoints(SignedResidency residency, Clock clock) {
        return new EndpointRegistry(residency.document(), EndpointPurpose.SUBSCRIPTION, clock);
    }

    /** What a former process left is taken up when this one serves. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> notificationsBegin(
            ObjectProvider<LiveSubscriptions> live, ObjectProvider<DeliveryWorkers> workers) {
        return ready -> {
            live.getObject().start();
            workers.getObject().start();
        };
    }
}
