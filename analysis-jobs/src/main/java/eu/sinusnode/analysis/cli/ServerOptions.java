package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.IssuerDiscovery;
import eu.sinusnode.analysis.http.PrivateKeyJwtTokens;
import eu.sinusnode.analysis.retry.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server a command speaks to, and as whom. */
final class ServerOptions {

    @Option(names = "--fhir-base", required = true, paramLabel = "URL", description = "base of the FHIR server")
    private URI fhirBase;

    @ArgGroup(multiplicity = "1")
    private Authority authority = new Authority();

    /** Who gives tokens: named directly, or found through its discovery document. */
    static final class Authority {
        @Option(names = "--token-endpoint", paramLabel = "URL", description = "OAuth token endpoint")
        private @Nullable URI tokenEndpoint;

        @Option(
                names = "--issuer",
                paramLabel = "URL",
                description = "or the issuer, whose discovery document names it")
        private @Nullable URI issuer;
    }

    @Option(names = "--client-id", defaultValue = "analysis-job", description = "OAuth client (${DEFAULT-VALUE})")
    private String clientId;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "private JWK of the client, ES384")
    private Path key;

    /** As it was given. */
    URI fhirBase() {
        return fhirBase;
    }

    /**
     * @param retry of what the server or the network cannot do now
     * @throws IOException when the key cannot be read
     */
    FhirHttp connect(Retry retry) throws IOException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        URI endpoint = authority.tokenEndpoint != null
                ? authority.tokenEndpoint
                : IssuerDiscovery.tokenEndpoint(http, Objects.requireNonNull(authority.issuer), retry);
        PrivateKeyJwtTokens tokens = new PrivateKeyJwtTokens(
                http, endpoint, clientId, PrivateKeyJwtTokens.readKey(key), retry, Clock.systemUTC());
        return new FhirHttp(http, fhirBase, tokens, retry);
    }
}
