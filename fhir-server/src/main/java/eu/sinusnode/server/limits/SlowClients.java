package eu.sinusnode.server.limits;

import eu.sinusnode.server.configuration.SlowClientProperties;
import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Puts the watch over slow clients on every connector of the container, after other parts have added theirs. */
final class SlowClients implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final SlowClientProperties slow;
    private final RequestTime time;

    SlowClients(SlowClientProperties slow, RequestTime time) {
        this.slow = slow;
        this.time = time;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(WatchedHttpProtocol.class.getName());
        factory.addEngineValves(new SlowBodyValve(Pace.of(slow), time));
        factory.addConnectorCustomizers(connector -> watch(connector.getProtocolHandler()));
        // The container applies what is configured to its first connector alone.
        factory.getAdditionalTomcatConnectors().forEach(connector -> factory.getTomcatConnectorCustomizers()
                .forEach(customizer -> customizer.customize(connector)));
    }

    private void watch(ProtocolHandler protocol) {
        if (!(protocol instanceof WatchedHttpProtocol watched)) {
            throw new IllegalStateException("A connector does not watch its clients.");
        }
        watched.setHeadTime(slow.headTime());
        watched.setConnectionTimeout(Math.toIntExact(slow.grace().toMillis()));
    }
}
