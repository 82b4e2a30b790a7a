package eu.sinusnode.server.copies;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of the records that new ones refer to. */
public final class StoredTargets {

    private static final String FIND = """
            SELECT r.res_type, r.fhir_id, r.res_id, r.res_type_id
            FROM unnest(?::text[], ?::text[]) AS wanted (type, id)
            JOIN public.hfj_resource r ON r.res_type = wanted.type AND r.fhir_id = wanted.id
            WHERE r.res_deleted_at IS NULL
            """;

    private StoredTargets() {}

    /**
     * @param typeNumber of the resource type
     */
    public record Target(String type, long row, int typeNumber) {}

    /**
     * @param references {@code Type/id}
     * @return by reference; without those that are not stored, or not any more
     */
    public static Map<String, Target> find(Connection connection, Set<String> references) throws SQLException {
        List<String[]> parts =
                references.stream().map(reference -> reference.split("/", 2)).toList();
        Map<String, Target> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", parts.stream().map(part -> part[0]).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", parts.stream().map(part -> part[1]).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1) + "/" + row.getString(2),
                            new Target(row.getString(1), row.getLong(3), row.getInt(4)));
                }
            }
        }
        return found;
    }
}
