package eu.sinusnode.server.lane;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Knows what patients' records hold beside readings, so that who analyses them does not ask for what is not there. */
@FunctionalInterface
public interface RecordsBeside {

    /**
     * @param connection that the readings are read from
     * @return of each patient, by id, names as {@link ReadingSink#patient} has them; who has nothing has no entry
     */
    Map<String, Set<String>> of(Connection connection, Collection<String> patientIds) throws SQLException;
}
