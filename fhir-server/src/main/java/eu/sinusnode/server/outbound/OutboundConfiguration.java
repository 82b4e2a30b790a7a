package eu.sinusnode.server.outbound;

import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.residency.ResidencyConfiguration;
import java.net.URI;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Says which endpoints there are to call: the authorization server's, and that of a shared full-text index. */
@Configuration
class OutboundConfiguration {

    @Bean
    @DependsOn(ResidencyConfiguration.CHECKED)
    OutboundHttp outboundHttp(OutboundProperties outbound, OAuthProperties oauth) {
        return new OutboundHttp(
                outbound,
                List.of(URI.create(oauth.issuer()), URI.create(oauth.keys()), URI.create(oauth.introspection())));
    }

    @Bean
    @ConditionalOnProperty("sinusnode.full-text.elasticsearch-url")
    @DependsOn(ResidencyConfiguration.CHECKED)
    GuardedSearchClient guardedSearchClient(FullTextProperties fullText, OutboundProperties outbound) {
        return new GuardedSearchClient(fullText, outbound);
    }
}
