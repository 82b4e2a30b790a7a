package eu.sinusnode.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.security.TokenStanding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * A token is the Base64 of its claims, and no issuer takes part: for servers that share no key with their test. Not
 * annotated, so that no scan finds it.
 */
public class ReadableTokens {

    @Bean
    @Primary
    JwtDecoder claimsDecoder() {
        return token -> {
            try {
                @SuppressWarnings("unchecked")
                Map<String, Object> claims =
                        new ObjectMapper().readValue(Base64.getUrlDecoder().decode(token), Map.class);
                return new Jwt(token, Instant.now(), Instant.now().plusSeconds(60), Map.of("alg", "none"), claims);
            } catch (IOException | IllegalArgumentException e) {
                throw new BadJwtException("not a token", e);
            }
        };
    }

    @Bean
    @Primary
    TokenStanding everyTokenStands() {
        return token -> true;
    }

    /**
     * A token with every scope of its kind.
     *
     * @param more claims beside those that every token has
     */
    public static String token(String base, CallerKind kind, String client, Map<String, String> more) {
        Map<String, Object> claims = new HashMap<>(more);
        claims.put("iss", "http://issuer.invalid");
        claims.put("aud", List.of(base));
        claims.put("azp", client);
        claims.put("sub", "service-account-" + client);
        claims.put("jti", "token-of-" + client);
        claims.put("scope", String.join(" ", AccessMatrix.standard().scopesOf(kind)));
        claims.put("caller_kind", kind.claim());
        claims.put("jurisdiction", "DE");
        claims.put("purpose_of_use", kind.purpose().name());
        try {
            byte[] json = new ObjectMapper().writeValueAsString(claims).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
