package eu.sinusnode.server.subscriptions.sockets;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which socket a Subscription is told on: {@code subscription.bound}, one for all nodes, the last that was bound. The node that
 * has it delivers. A node that dies leaves its bindings behind, which nobody looks for, until the client binds anew.
 */
final class Bindings {

    private final JdbcClient jdbc;

    Bindings(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** @param owner of the Subscription, as {@code Caller.identity()} has it */
    record Bound(UUID subscription, String owner) {}

    /**
     * From now on they are told on this socket, which first has to take a handshake. It waits for a notification that is under way
     * on another. What a receiver did not take in time still makes the next wait.
     */
    List<Bound> bind(UUID binding, Collection<UUID> subscriptions) {
        return jdbc.sql("""
                UPDATE sinusnode.subscription SET bound = :binding, state = 'requested'
                WHERE subscription = ANY (:subscriptions::uuid[]) AND state <> 'off'
                RETURNING subscription, owner
                """)
                .param("binding", binding)
                .param("subscriptions", texts(subscriptions))
                .query((row, number) -> new Bound(
                        Objects.requireNonNull(row.getObject(1, UUID.class)), Objects.requireNonNull(row.getString(2))))
                .list();
    }

    /** Those that still have a Subscription. */
    Set<UUID> still(Collection<UUID> bindings) {
        return jdbc.sql("""
                SELECT DISTINCT bound FROM sinusnode.subscription
                WHERE bound = ANY (:bindings::uuid[]) AND state <> 'off'
                """)
                .param("bindings", texts(bindings))
                .query(UUID.class)
                .set();
    }

    /** Nobody listens there any more. */
    void end(Collection<UUID> bindings) {
        jdbc.sql("""
                UPDATE sinusnode.subscription SET bound = NULL, problem = 'No websocket is bound.',
                    state = CASE state WHEN 'active' THEN 'error' ELSE state END
                WHERE bound = ANY (:bindings::uuid[]) AND state <> 'off'
                """).param("bindings", texts(bindings)).update();
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
