package eu.sinusnode.server.limits;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The connection pool; what a request does on a connection ends with the request's time. */
public final class TimedPool extends HikariDataSource {

    private final RequestTime time;
    private final StatementCanceller canceller = new StatementCanceller();

    public TimedPool(HikariConfig configuration, RequestTime time) {
        super(configuration);
        this.time = time;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<Deadline> deadline = time.deadline();
        Connection connection = super.getConnection();
        return deadline.isEmpty()
                ? connection
                : TimedConnection.of(connection, deadline.get(), canceller, this::evictConnection);
    }

    @Override
    public void close() {
        canceller.close();
        super.close();
    }
}
