package eu.sinusnode.server.security;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Introspection with a memory. An answer counts for {@link #FRESH}; while the issuer is silent, a yes counts until {@link
 * #GRACE} after it was given; after that the standing is unknown. Many requests with one token ask once. The memory is
 * bounded, and a logout forgets a session or a person at once.
 */
final class RememberedStanding implements TokenStanding {

    static final Duration FRESH = Duration.ofSeconds(30);
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(RememberedStanding.class);
    private static final long TOKENS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Introspection introspection;
    private final Cache<String, Said> said;
    private final AsyncCache<String, Said> underWay;
    private final LongSupplier nanoTime;

    /** @param at nanoseconds of the moment the question was sent: what happened later is not in the answer */
    private record Said(
            boolean active,
            long at,
            String subject,
            @Nullable String session) {}

    RememberedStanding(Introspection introspection, LongSupplier nanoTime) {
        this.introspection = introspection;
        this.nanoTime = nanoTime;
        this.said = Caffeine.newBuilder()
                .maximumSize(TOKENS)
                .expireAfterWrite(GRACE)
                .ticker(nanoTime::getAsLong)
                .build();
        this.underWay = Caffeine.newBuilder().maximumSize(TOKENS).buildAsync();
    }

    @Override
    public boolean stands(Jwt token) {
        String id = token.getId();
        if (id == null) {
            return false;
        }
        Said known = said.getIfPresent(id);
        if (known != null && isWithin(known, known.active() ? FRESH : GRACE)) {
            return known.active();
        }
        try {
            return ask(id, token).active();
        } catch (IOException e) {
            if (known != null && isWithin(known, GRACE) && said.getIfPresent(id) != null) {
                return known.active();
            }
            throw new StandingUnknownException("The issuer does not say whether a token stands.", e);
        }
    }

    /** Forgets what was said of a session, or of everything of a person, so that it is asked anew. */
    void forget(@Nullable String session, @Nullable String subject) {
        said.asMap()
                .values()
                .removeIf(one -> session != null
                        ? session.equals(one.session())
                        : one.subject().equals(subject));
    }

    private boolean isWithin(Said known, Duration time) {
        return nanoTime.getAsLong() - known.at() < time.toNanos();
    }

    /** The first to ask does it on its own thread; others with the same token wait for that answer. */
    private Said ask(String id, Jwt token) throws IOException {
        CompletableFuture<Said> mine = new CompletableFuture<>();
        CompletableFuture<Said> others = underWay.asMap().putIfAbsent(id, mine);
        if (others != null) {
            return await(others);
        }
        long at = nanoTime.getAsLong();
        try {
            boolean active = introspection.isActive(token.getTokenValue());
            Said answer = new Said(active, at, String.valueOf(token.getSubject()), token.getClaimAsString("sid"));
            said.put(id, answer);
            mine.complete(answer);
            return answer;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The issuer could not be asked about a token: {}", e.getMessage());
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.asMap().remove(id, mine);
        }
    }

    private static Said await(CompletableFuture<Said> answer) throws IOException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw new IOException("The question about the token failed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a token was asked about.", e);
        }
    }
}
