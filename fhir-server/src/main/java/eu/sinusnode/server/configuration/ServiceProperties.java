package eu.sinusnode.server.configuration;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the server keeps its state and how it is reached.
 *
 * @param home state directory; created when missing
 * @param baseUrl FHIR base URL as clients see it, without a slash at the end
 */
@ConfigurationProperties("sinusnode")
public record ServiceProperties(Path home, String baseUrl) {

    public ServiceProperties {
        Sentences.require(
                home != null, "sinusnode.home is empty; name the directory that SinusNode may keep its state in.");
        Sentences.require(
                Sentences.isHttpUrl(baseUrl) && !baseUrl.endsWith("/"),
                "sinusnode.base-url must be the FHIR base as clients reach it, for example https://fhir.example.org/fhir, without a slash at the end.");
    }

    /** Scheme, host and port, for what lies beside the FHIR base. */
    public String origin() {
        URI base = URI.create(baseUrl);
        return base.getScheme() + "://" + base.getRawAuthority();
    }

    /** Where clients open websockets. */
    public String websocketUrl() {
        // http becomes ws, https becomes wss.
        return "ws" + origin().substring("http".length()) + "/websocket";
    }
}
