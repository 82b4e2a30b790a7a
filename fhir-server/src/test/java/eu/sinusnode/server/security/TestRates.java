package eu.sinusnode.server.security;

import io.github.bucket4j.TimeMeter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Limits for tests outside of this package, and somebody whom they count. */
public final class TestRates {

    private TestRates() {}

    public static CallerRates of(int perMinute) {
        return new CallerRates(
                new RateLimit(perMinute, TimeMeter.SYSTEM_NANOTIME),
                new RateLimit(perMinute, TimeMeter.SYSTEM_NANOTIME));
    }

    /** In this thread. */
    public static void signIn(String client) {
        SecurityContextHolder.getContext()
                .setAuthentication(new JwtAuthenticationToken(Jwt.withTokenValue("test")
                        .header("alg", "ES256")
                        .subject("service-account")
                        .claim("azp", client)
                        .build()));
    }
}
