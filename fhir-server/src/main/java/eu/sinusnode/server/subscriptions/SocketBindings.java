package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.server.security.LiveTokens;
import eu.sinusnode.server.subscriptions.StoredSubscription.State;
import eu.sinusnode.server.subscriptions.sockets.BindingTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UrlType;
import org.springframework.security.oauth2.jwt.Jwt;

/** {@code $get-ws-binding-token}: for Subscriptions of the caller that are told on a websocket. */
final class SocketBindings {

    private final SubscriptionTable table;
    private final LiveTokens tokens;
    private final BindingTokens bindingTokens;
    private final String websocketUrl;
    private final Clock clock;

    SocketBindings(
            SubscriptionTable table, LiveTokens tokens, BindingTokens bindingTokens, String websocketUrl, Clock clock) {
        this.table = table;
        this.tokens = tokens;
        this.bindingTokens = bindingTokens;
        this.websocketUrl = websocketUrl;
        this.clock = clock;
    }

    static boolean isFor(StoredSubscription subscription) {
        return subscription.order().endpoint() == null && subscription.state() != State.OFF;
    }

    /** Of the caller's own, those that have a websocket, all or the named ones; empty when one of the named ones has none. */
    Optional<List<StoredSubscription>> named(Collection<String> ids, Caller caller) {
        List<StoredSubscription> all =
                table.all(caller).stream().filter(SocketBindings::isFor).toList();
        List<StoredSubscription> named = all.stream()
                .filter(each -> ids.isEmpty() || ids.contains(each.id().toString()))
                .toList();
        boolean complete =
                named.stream().map(each -> each.id().toString()).toList().containsAll(ids);
        return named.isEmpty() || !complete ? Optional.empty() : Optional.of(named);
    }

    /** @param subscriptions of the caller, at least one */
    Parameters token(List<StoredSubscription> subscriptions) {
        Jwt bearer = tokens.presented();
        Instant life = clock.instant().plus(BindingTokens.LIFE);
        Instant expires =
                bearer.getExpiresAt() != null && bearer.getExpiresAt().isBefore(life) ? bearer.getExpiresAt() : life;
        List<UUID> ids = subscriptions.stream().map(StoredSubscription::id).toList();
        String token = bindingTokens.issue(bearer.getTokenValue(), ids, expires);
        Parameters answer = new Parameters();
        answer.addParameter("token", new StringType(token));
        DateTimeType expiration = new DateTimeType(Date.from(expires));
        expiration.setTimeZone(TimeZone.getTimeZone("UTC"));
        answer.addParameter("expiration", expiration);
        ids.forEach(id -> answer.addParameter("subscription", new StringType(id.toString())));
        answer.addParameter("websocket-url", new UrlType(websocketUrl));
        return answer;
    }
}
