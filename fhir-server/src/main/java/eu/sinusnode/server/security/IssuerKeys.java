package eu.sinusnode.server.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks tokens with the issuer's public keys. They are fetched when the first token comes, so the server starts before
 * the authorization server does; they are kept for an outage, and unknown key ids cannot make us fetch more than twice
 * in half a minute.
 */
final class IssuerKeys implements JwtDecoder {

    private final NimbusJwtDecoder decoder;

    IssuerKeys(OAuthProperties oauth, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(TokenRules.keySelector(keys));
        // Times and issuer are checked by the rules below, with the configured skew.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        this.decoder.setJwtValidator(TokenRules.of(oauth));
    }

    static JWKSource<SecurityContext> published(OAuthProperties oauth, OutboundHttp http) {
        try {
            return JWKSourceBuilder.create(URI.create(oauth.keys()).toURL(), url -> read(http, url))
                    .cache(
                            Duration.ofMinutes(10).toMillis(),
                            Duration.ofSeconds(10).toMillis())
                    .rateLimited(Duration.ofSeconds(30).toMillis())
                    .outageTolerant(Duration.ofHours(4).toMillis())
                    .retrying(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("sinusnode.oauth.jwk-set-uri is not a URL.", e);
        }
    }

    private static Resource read(OutboundHttp http, URL url) throws IOException {
        OutboundHttp.Answer answer = http.get(URI.create(url.toString()));
        if (answer.status() != 200) {
            throw new IOException("The issuer's keys were answered with status " + answer.status() + ".");
        }
        return new Resource(new String(answer.body(), StandardCharsets.UTF_8), answer.contentType());
    }

    /**
     * @throws BadJwtException when the token is wrong
     * @throws JwtException when it cannot be checked because the keys cannot be read
     */
    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException wrong) {
            throw wrong;
        } catch (JwtException e) {
            if (hasCause(e, RateLimitReachedException.class)) {
                throw new BadJwtException("The key that signed the token is not known.", e);
            }
            throw e;
        }
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
