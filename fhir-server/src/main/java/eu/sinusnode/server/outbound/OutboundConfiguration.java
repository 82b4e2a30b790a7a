package eu.sinusnode.server.outbound;

import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import java.net.URI;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says which endpoints there are to call: the authorization server's. */
@Configuration
class OutboundConfiguration {

    @Bean
    OutboundHttp outboundHttp(OutboundProperties outbound, OAuthProperties oauth) {
        return new OutboundHttp(
                outbound,
                List.of(URI.create(oauth.issuer()), URI.create(oauth.keys()), URI.create(oauth.introspection())));
    }
}
