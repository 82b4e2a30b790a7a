package eu.sinusnode.server.security;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.ScopeContext;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** What one client, and one person, may ask for in a minute: requests, and entries of batches. */
public final class CallerRates {

    private final RateLimit ofClients;
    private final RateLimit ofPeople;

    CallerRates(RateLimit ofClients, RateLimit ofPeople) {
        this.ofClients = ofClients;
        this.ofPeople = ofPeople;
    }

    /**
     * There was no room.
     *
     * @param seconds after which there is some again
     * @param news whether it is the first time in a minute, so that the audit is told
     */
    public record Excess(long seconds, boolean news) {}

    /** Counts one for the caller whose verified token came with the request of this thread; nothing when it has none. */
    public Optional<Excess> spend() {
        if (!(SecurityContextHolder.getContext().getAuthentication()
                instanceof JwtAuthenticationToken authentication)) {
            return Optional.empty();
        }
        Jwt token = authentication.getToken();
        Optional<Excess> ofClient = spend(ofClients, token.getClaimAsString("azp"));
        return ofClient.isPresent() || !isOfPerson(token) ? ofClient : spend(ofPeople, token.getSubject());
    }

    /** A program's token has the system's scopes; somebody of a kind that is not known counts as a person. */
    private static boolean isOfPerson(Jwt token) {
        return CallerKind.ofClaim(String.valueOf(token.getClaimAsString("caller_kind")))
                .map(kind -> kind.scopeContext() != ScopeContext.SYSTEM)
                .orElse(true);
    }

    private static Optional<Excess> spend(RateLimit limit, String key) {
        String named = String.valueOf(key);
        long seconds = limit.spend(named);
        return seconds > 0 ? Optional.of(new Excess(seconds, limit.isNews(named))) : Optional.empty();
    }
}
