package eu.sinusnode.server.subscriptions.sockets;

import eu.sinusnode.server.subscriptions.HeaderSeal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tokens that bind a websocket, of any node: 32 random bytes, good once, for a minute. The database has their hash, and sealed the
 * access token with which each was fetched, since the socket lives no longer than that one.
 */
public final class BindingTokens {

    public static final Duration LIFE = Duration.ofMinutes(1);

    private static final String BEARER = "Authorization";
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final HeaderSeal seal;
    private final SecureRandom random = new SecureRandom();

    public BindingTokens(DataSource dataSource, HeaderSeal seal) {
        this.jdbc = JdbcClient.create(dataSource);
        this.seal = seal;
    }

    /**
     * @param bearer the access token
     * @param subscriptions of the caller
     * @param expires of the new token
     */
    public String issue(String bearer, List<UUID> subscriptions, Instant expires) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        UUID id = UUID.randomUUID();
        HeaderSeal.Sealed sealed = seal.seal(id, Map.of(BEARER, bearer));
        jdbc.sql("""
                INSERT INTO sinusnode.subscription_binding (binding, hash, subscriptions, bearer, bearer_kid, expires)
                VALUES (:id, :hash, :subscriptions::uuid[], :bearer, :kid, :expires)
                """)
                .param("id", id)
                .param("hash", hash(token))
                .param(
                        "subscriptions",
                        subscriptions.stream().map(UUID::toString).toArray(String[]::new))
                .param("bearer", sealed.bytes())
                .param("kid", sealed.kid())
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
        return token;
    }

    /**
     * What a token stands for.
     *
     * @param id of the binding that comes of it
     * @param bearer the access token with which it was fetched
     */
    record Redeemed(UUID id, String bearer, List<UUID> subscriptions) {}

    /** @return empty when there is no such token, it was used before, or its time is over */
    Optional<Redeemed> redeem(String token) {
        return jdbc.sql("""
                DELETE FROM sinusnode.subscription_binding WHERE hash = :hash
                RETURNING binding, subscriptions, bearer, bearer_kid, expires > clock_timestamp() AS good
                """)
                .param("hash", hash(token))
                .query((row, number) -> row.getBoolean("good") ? Optional.of(read(row)) : Optional.<Redeemed>empty())
                .optional()
                .flatMap(found -> found);
    }

    private Redeemed read(ResultSet row) throws SQLException {
        UUID id = Objects.requireNonNull(row.getObject("binding", UUID.class));
        Array subscriptions = Objects.requireNonNull(row.getArray("subscriptions"));
        Map<String, String> opened =
                seal.open(id, row.getBytes("bearer"), Objects.requireNonNull(row.getString("bearer_kid")));
        return new Redeemed(
                id, Objects.requireNonNull(opened.get(BEARER)), Arrays.asList((UUID[]) subscriptions.getArray()));
    }

    /** Forgets those whose time is over. */
    void sweep() {
        jdbc.sql("DELETE FROM sinusnode.subscription_binding WHERE expires <= now()")
                .update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("A token cannot be hashed.", e);
        }
    }
}
