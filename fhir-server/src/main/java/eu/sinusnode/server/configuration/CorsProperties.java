package eu.sinusnode.server.configuration;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose pages may call this server from a browser.
 *
 * @param origins exact origins such as {@code https://app.example.org}; none unless named
 */
@ConfigurationProperties("sinusnode.cors")
public record CorsProperties(@DefaultValue List<String> origins) {

    public CorsProperties {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            Sentences.require(
                    origin.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+"),
                    "sinusnode.cors.origins must list exact origins, for example https://app.example.org: scheme, host and port, no path and no wildcard.");
        }
    }
}
