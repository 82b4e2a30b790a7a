package eu.sinusnode.server.lane;

import eu.sinusnode.server.lane.PermittedReadings.Input;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What rules ask of many patients' records beside readings, in one statement. What consent withholds is part of it, as for
 * readings: of an Observation that tells no moment only who permits all times is asked. Of the Observations of one code the
 * newest is given, and of adherence the newest of each prescription or order.
 */
final class RiskInputs {

    private static final String INPUTS = """
            WITH permitted AS (
                SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                    AS p (patient, resource_type, code, low, high))
            SELECT i.patient::text, i.resource_type, (i.said || jsonb_build_object('id', i.resource::text,
                'meta', jsonb_build_object('versionId', i.version::text)))::text
            FROM (
                SELECT DISTINCT ON (i.patient, i.resource_type, i.code, CASE WHEN i.code = '' THEN i.resource END,
                    i.said -> 'basedOn')
                    i.patient, i.resource_type, i.resource, i.version, i.said
                FROM permitted p JOIN sinusnode.risk_input i
                    ON i.patient = p.patient AND i.resource_type = p.resource_type AND i.code = p.code
                WHERE i.said IS NOT NULL
                    AND (p.low = '-infinity' AND p.high = 'infinity' OR p.low <= i.effective AND i.effective < p.high)
                    AND NOT (i.resource_type = 'Observation' AND i.resource = ANY (?))
                ORDER BY i.patient, i.resource_type, i.code, CASE WHEN i.code = '' THEN i.resource END,
                    i.said -> 'basedOn', i.measured DESC, i.resource) i
            ORDER BY i.patient, i.resource_type, i.resource
            """;

    private RiskInputs() {}

    /** @param resource JSON, with id and version */
    record Given(String resourceType, String resource) {}

    /**
     * By patient, in an order that is always the same; who has nothing has no entry.
     *
     * @param reach of each patient
     */
    static Map<String, List<Given>> of(Connection connection, Map<String, PermittedReadings> reach)
            throws SQLException {
        List<UUID> patients = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        List<UUID> denied = new ArrayList<>();
        reach.forEach((patient, own) -> {
            own.inputs().forEach(input -> {
                patients.add(UUID.fromString(patient));
                inputs.add(input);
            });
            denied.addAll(own.denied());
        });
        Map<String, List<Given>> found = new HashMap<>();
        if (inputs.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(INPUTS)) {
            statement.setArray(1, connection.createArrayOf("uuid", patients.toArray()));
            statement.setArray(
                    2,
                    texts(connection, inputs.stream().map(Input::resourceType).toList()));
            statement.setArray(
                    3, texts(connection, inputs.stream().map(Input::code).toList()));
            statement.setArray(
                    4,
                    texts(
                            connection,
                            inputs.stream()
                                    .map(input -> ReadingCursor.from(input.time()))
                                    .toList()));
            statement.setArray(
                    5,
                    texts(
                            connection,
                            inputs.stream()
                                    .map(input -> ReadingCursor.to(input.time()))
                                    .toList()));
            statement.setArray(6, connection.createArrayOf("uuid", denied.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(Objects.requireNonNull(row.getString(1)), patient -> new ArrayList<>())
                            .add(new Given(
                                    Objects.requireNonNull(row.getString(2)),
                                    Objects.requireNonNull(row.getString(3))));
                }
            }
        }
        return found;
    }

    private static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
