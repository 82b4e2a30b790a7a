package eu.sinusnode.server.limits;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that begins nothing more once its request has had its time, and above all does not commit: what was done by
 * then is rolled back. Statements are the driver's own, so nothing is paid for each of their calls.
 */
final class TimedConnection implements InvocationHandler {

    /** SQLSTATE of a statement that was cancelled. */
    private static final String CANCELLED = "57014";

    private static final Set<String> BEGINNING = Set.of("prepareStatement", "createStatement", "prepareCall", "commit");

    private final Connection connection;
    private final Deadline deadline;
    private final StatementCanceller.Watch watch;
    private final Consumer<Connection> discard;

    private TimedConnection(
            Connection connection, Deadline deadline, StatementCanceller.Watch watch, Consumer<Connection> discard) {
        this.connection = connection;
        this.deadline = deadline;
        this.watch = watch;
        this.discard = discard;
    }

    /** @param discard takes a connection out of the pool */
    static Connection of(
            Connection connection, Deadline deadline, StatementCanceller canceller, Consumer<Connection> discard) {
        return (Connection) Proxy.newProxyInstance(
                TimedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new TimedConnection(connection, deadline, canceller.watch(connection, deadline), discard));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (BEGINNING.contains(method.getName()) && deadline.isOver()) {
            throw new SQLTimeoutException("The request has had its time.", CANCELLED);
        }
        switch (method.getName()) {
            case "close":
                if (watch.end()) {
                    discard.accept(connection);
                }
                break;
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            default:
                break;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
