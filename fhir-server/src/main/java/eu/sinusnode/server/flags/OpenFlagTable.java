package eu.sinusnode.server.flags;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** {@code sinusnode.open_flag}. Each call is one round trip, whatever the number of flags. */
final class OpenFlagTable {

    private static final String FORGET = "DELETE FROM sinusnode.open_flag WHERE observation = ANY (?)";
    // In the order of the key: two writers of the same flags then never wait for each other crosswise.
    private static final String KEEP = """
            INSERT INTO sinusnode.open_flag (patient, identifier, observation)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::uuid[]) AS f (patient, identifier, observation)
            ORDER BY patient, identifier ON CONFLICT DO NOTHING
            """;

    private final RunningTransaction transaction;

    OpenFlagTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    void forget(Collection<UUID> observations) {
        if (observations.isEmpty()) {
            return;
        }
        transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setArray(1, connection.createArrayOf("uuid", observations.toArray()));
                return statement.executeUpdate();
            }
        });
    }

    /** @return how many were kept; fewer than asked when others of the same patients and identifiers are open */
    int keep(List<OpenFlag> flags) {
        if (flags.isEmpty()) {
            return 0;
        }
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
                statement.setArray(1, array(connection, "uuid", flags, OpenFlag::patient));
                statement.setArray(2, array(connection, "text", flags, OpenFlag::identifier));
                statement.setArray(3, array(connection, "uuid", flags, OpenFlag::observation));
                return statement.executeUpdate();
            }
        });
    }

    private static Array array(
            Connection connection, String type, List<OpenFlag> flags, Function<OpenFlag, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, flags.stream().map(column).toArray());
    }
}
