package eu.sinusnode.server.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import eu.sinusnode.server.configuration.OAuthProperties;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What a token must fulfil beside its signature; the same rules for every decoder. */
public final class TokenRules {

    /** Asymmetric only: a shared secret could be used to sign as well as to check. */
    public static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384);

    private TokenRules() {}

    /** A key of the issuer, for one of the {@link #ALGORITHMS}. */
    static JWSKeySelector<SecurityContext> keySelector(JWKSource<SecurityContext> keys) {
        return new JWSVerificationKeySelector<>(
                ALGORITHMS.stream()
                        .map(algorithm -> JWSAlgorithm.parse(algorithm.getName()))
                        .collect(Collectors.toSet()),
                keys);
    }

    /** Issuer, audience, an expiry that has not passed, and a start that has. */
    public static OAuth2TokenValidator<Jwt> of(OAuthProperties oauth) {
        return new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtIssuerValidator(oauth.issuer()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(oauth.audience())),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, expiry -> expiry != null),
                new JwtTimestampValidator(oauth.clockSkew())));
    }
}
