package eu.sinusnode.server.configuration;

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
 * @param clockSkew how far the two clocks may differ
 */
@ConfigurationProperties("sinusnode.oauth")
public record OAuthProperties(
        String issuer,
        String audience,
        @Nullable String jwkSetUri,
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
                !clockSkew.isNegative() && clockSkew.compareTo(Duration.ofMinutes(1)) <= 0,
                "sinusnode.oauth.clock-skew must lie between 0 s and 60 s; set the clocks right instead of allowing more.");
    }

    public String keys() {
        return jwkSetUri != null ? jwkSetUri : issuer + "/protocol/openid-connect/certs";
    }
}
