package eu.sinusnode.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import eu.sinusnode.server.configuration.OAuthProperties;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads logout tokens (OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6). Their audience is the app whose
 * session ended: the issuer knows this server as where that app's logouts are told, and only that app's tokens end.
 */
final class LogoutTokens {

    private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** The issuer makes them live two minutes. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private static final long IDS = 100_000;
    private static final int LONGEST_TOKEN = 8_192;
    private static final int LONGEST_NAME = 255;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Cache<String, Boolean> seen;
    private final OAuthProperties oauth;
    private final Clock clock;

    /** The token is not good; the message says why without repeating anything of it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    LogoutTokens(OAuthProperties oauth, JWKSource<SecurityContext> keys, Clock clock) {
        this.oauth = oauth;
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(TokenRules.keySelector(keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.seen = Caffeine.newBuilder()
                .maximumSize(IDS)
                .expireAfterWrite(OLDEST.plus(oauth.clockSkew().multipliedBy(2)))
                .build();
    }

    /**
     * @throws Refused for a token that is wrong, or that came before
     * @throws IOException when the issuer's keys cannot be read
     */
    EndedSession read(String token) throws Refused, IOException {
        JWTClaimsSet claims = verified(token);
        try {
            requireFresh(claims);
            EndedSession ended = ended(claims);
            if (seen.asMap().putIfAbsent(required(claims, "jti"), Boolean.TRUE) != null) {
                throw new Refused("the logout token came before");
            }
            return ended;
        } catch (ParseException e) {
            throw new Refused("a claim of the logout token has the wrong form");
        }
    }

    private JWTClaimsSet verified(String token) throws Refused, IOException {
        if (token.length() > LONGEST_TOKEN) {
            throw new Refused("the logout token is too long");
        }
        try {
            return processor.process(token, null);
        } catch (RateLimitReachedException e) {
            throw new Refused("the key that signed the logout token is not known");
        } catch (KeySourceException e) {
            throw new IOException("The issuer's keys cannot be read.", e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new Refused("the logout token is not signed by the issuer, or no logout token");
        }
    }

    private void requireFresh(JWTClaimsSet claims) throws Refused {
        Instant now = clock.instant();
        Instant issued = instant(claims.getIssueTime(), "iat");
        Instant expires = instant(claims.getExpirationTime(), "exp");
        if (issued.isAfter(now.plus(oauth.clockSkew()))
                || issued.isBefore(now.minus(OLDEST).minus(oauth.clockSkew()))
                || !expires.isAfter(now.minus(oauth.clockSkew()))) {
            throw new Refused("the logout token is not of now");
        }
    }

    private EndedSession ended(JWTClaimsSet claims) throws Refused, ParseException {
        if (!oauth.issuer().equals(claims.getIssuer())) {
            throw new Refused("the logout token is of another issuer");
        }
        Map<String, Object> events = claims.getJSONObjectClaim("events");
        if (events == null || !(events.get(EVENT) instanceof Map<?, ?>)) {
            throw new Refused("claim events names no back-channel logout");
        }
        if (claims.getClaims().containsKey("nonce")) {
            throw new Refused("claim nonce must not be in a logout token");
        }
        if (claims.getAudience().size() != 1) {
            throw new Refused("claim aud does not name one client");
        }
        String session = optional(claims, "sid");
        String subject = optional(claims, "sub");
        if (session == null && subject == null) {
            throw new Refused("the logout token has neither sid nor sub");
        }
        return new EndedSession(
                named(claims.getAudience().get(0), "aud"), session, subject, instant(claims.getIssueTime(), "iat"));
    }

    private static Instant instant(@Nullable Date date, String claim) throws Refused {
        if (date == null) {
            throw new Refused("claim " + claim + " is missing");
        }
        return date.toInstant();
    }

    private static String required(JWTClaimsSet claims, String claim) throws Refused, ParseException {
        String value = optional(claims, claim);
        if (value == null) {
            throw new Refused("claim " + claim + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(JWTClaimsSet claims, String claim) throws Refused, ParseException {
        return claims.getClaims().containsKey(claim) ? named(claims.getStringClaim(claim), claim) : null;
    }

    private static String named(@Nullable String value, String claim) throws Refused {
        if (value == null || value.isBlank() || value.length() > LONGEST_NAME) {
            throw new Refused("claim " + claim + " is empty or too long");
        }
        return value;
    }
}
