package eu.sinusnode.server.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.security.TokenRules;
import eu.sinusnode.server.security.TokenStanding;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Believes the test key; the rules on claims are the server's own. Not annotated, so that no scan finds it. */
public class TestKeys {

    @Bean
    @Primary
    public JwtDecoder testKeyDecoder(OAuthProperties oauth) throws JOSEException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(TestTokens.KEY.toPublicJWK()))));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(TokenRules.of(oauth));
        return decoder;
    }

    /** For what else the issuer signs: logout tokens. */
    @Bean
    @Primary
    JWKSource<SecurityContext> testKeySource() {
        return new ImmutableJWKSet<>(new JWKSet(TestTokens.KEY.toPublicJWK()));
    }

    /** Nobody can be asked about tokens that this JVM signed; they stand until they expire. */
    @Bean
    @Primary
    TokenStanding everyTokenStands() {
        return token -> true;
    }
}
