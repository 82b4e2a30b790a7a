package eu.sinusnode.server.configuration;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are believed.
 *
 * @param issuer the authorization server's issuer, exactly as its tokens name it
 * @param audience what a token's {@code aud} must contain: the FHIR base URL
 * @param jwkSetUri where its public keys are; by default where Keycloak has them
 * @param introspectionUri where it tells whether a token still stands; by default where Keycloak does
 * @param clientId the server's own client there, which may introspect
 * @param clientKey file of that client's private key, a JSON Web Key on P-384; by default the one that the realm was made
 *     with, below sinusnode.home
 * @param clockSkew how far the two clocks may differ
 */
@ConfigurationProperties("sinusnode.oauth")
public record OAuthProperties(
        String issuer,
        String audience,
        @Nullable String jwkSetUri,
        @Nullable String introspectionUri,
        @DefaultValue("fhir-server") String clientId,
        @Nullable Path clientKey,
        @DefaultValue("10s") Duration clockSkew) {

    public OAuthProperties {
        Sentences.require(
                Sentences.isHttpUrl(issuer) && !issuer.endsWith("/"),
                "sinusnode.oauth.issuer must be the issuer URL that the tokens name, for example https://login.example.org/realms/sinusnode.");
        Sentences.require(
                Sentences.isHttpUrl(audience),
                "sinusnode.oauth.audience must be the URL that tokens for this server name as audience; normally the value of sinusnode.base-url.");
        Sentences.require(
                jwkSetUri == null || Sentences.isHttpUrl(jwkSetUri),
                "sinusnode.oauth.jwk-set-uri must be a URL; leave it out when the issuer is a Keycloak realm.");
        Sentences.require(
                introspectionUri == null || Sentences.isHttpUrl(introspectionUri),
                "sinusnode.oauth.introspection-uri must be a URL; leave it out when the issuer is a Keycloak realm.");
        Sentences.require(
                !clientId.isBlank(), "sinusnode.oauth.client-id must name the server's own client at the issuer.");
        Sentences.require(
                !clockSkew.isNegative() && clockSkew.compareTo(Duration.ofMinutes(1)) <= 0,
                "sinusnode.oauth.clock-skew must lie between 0 s and 60 s; set the clocks right instead of allowing more.");
    }

    public String keys() {
        return jwkSetUri != null ? jwkSetUri : issuer + "/protocol/openid-connect/certs";
    }

    public String introspection() {
        return introspectionUri != null ? introspectionUri : issuer + "/protocol/openid-connect/token/introspect";
    }

    /** @param home state directory of the server */
    public Path clientKeyIn(Path home) {
        return clientKey != null
                ? clientKey
                : home.resolve("secrets").resolve("clients").resolve(clientId + ".jwk.json");
    }
}
