package eu.sinusnode.server.subscriptions.sockets;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.configuration.SubscriptionProperties;
import eu.sinusnode.server.security.LiveTokens;
import eu.sinusnode.server.security.RefusalsToTell;
import eu.sinusnode.server.subscriptions.HeaderSeal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Puts the websockets together. */
@Configuration
class SocketConfiguration {

    @Bean
    BindingTokens bindingTokens(HikariDataSource dataSource, HeaderSeal seal) {
        return new BindingTokens(dataSource, seal);
    }

    @Bean(destroyMethod = "close")
    Sockets sockets(HikariDataSource dataSource, LiveTokens tokens, BindingTokens bindingTokens) {
        return new Sockets(tokens, bindingTokens, new Bindings(dataSource)).start();
    }

    /** While there still is a connection to say it on. */
    @Bean
    ApplicationListener<ContextClosedEvent> socketsLeave(ObjectProvider<Sockets> sockets) {
        return closed -> sockets.ifAvailable(Sockets::leave);
    }

    @Bean
    SocketServlet.Parts socketParts(
            Sockets sockets,
            DenialAudit audit,
            RefusalsToTell told,
            FhirContext context,
            SubscriptionProperties limits,
            OutboundProperties outbound) {
        return new SocketServlet.Parts(sockets, audit, told, context, limits.sockets(), outbound.answerTimeout());
    }

    @Bean
    ServletRegistrationBean<SocketServlet> socketEndpoint(ObjectProvider<SocketServlet.Parts> parts) {
        ServletRegistrationBean<SocketServlet> registration =
                new ServletRegistrationBean<>(new SocketServlet(parts::getObject), SocketServlet.PATH);
        registration.setName("websocket");
        return registration;
    }
}
