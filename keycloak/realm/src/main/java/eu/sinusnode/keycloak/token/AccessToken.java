package eu.sinusnode.keycloak.token;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An access token as its client holds it.
 *
 * @param value what goes behind {@code Authorization: Bearer}
 * @param issued when it was received, by this machine's clock
 * @param lifetime how long it is good from then on
 */
public record AccessToken(String value, Instant issued, Duration lifetime) {

    /** Whether it is still good for a while, so that a request sent now does not arrive with a dead token. */
    public boolean goodFor(Duration time, Instant now) {
        return now.plus(time).isBefore(issued.plus(lifetime));
    }

    /**
     * The claims, unverified: for showing and testing, never for a decision.
     *
     * @throws TokenException when the token is no signed JWT
     */
    public Map<String, Object> claims() {
        try {
            return SignedJWT.parse(value).getJWTClaimsSet().toJSONObject();
        } catch (ParseException e) {
            throw new TokenException("invalid_token", "The authorization server's token is no signed JWT.", e);
        }
    }

    /** Leaves the token itself out, so that no log line carries it. */
    @Override
    public String toString() {
        return "AccessToken[issued=" + issued + ", lifetime=" + lifetime + "]";
    }
}
