package eu.sinusnode.server.lane.command;

import eu.sinusnode.server.lane.VitalReading;
import eu.sinusnode.server.lane.WithoutReading;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the lane's two tables say of Observations, in words that can be compared. The change sequence is no part of it, nor
 * the device's kind, which is kept as it stood when the Observation was written.
 */
final class LaneRows {

    private static final String READINGS = """
            SELECT observation, code, patient, effective, offset_minutes, value, version, status, setting, author
            FROM sinusnode.vital_reading WHERE observation = ANY (?)
            """;

    private static final String OTHERS = """
            SELECT observation, code, patient, low, high, low_day, high_day, status
            FROM sinusnode.vital_without_reading WHERE observation = ANY (?)
            """;

    private final JdbcTemplate jdbc;

    LaneRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By Observation; those that have no rows are missing. */
    Map<UUID, Set<String>> stored(List<UUID> observations) {
        Map<UUID, Set<String>> rows = new HashMap<>();
        query(READINGS, observations, rows, "effective");
        query(OTHERS, observations, rows, "low", "high");
        return rows;
    }

    private void query(String sql, List<UUID> observations, Map<UUID, Set<String>> rows, String... times) {
        Set<String> instants = Set.of(times);
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setArray(1, connection.createArrayOf("uuid", observations.toArray()));
                    return statement;
                },
                row -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                        String name = row.getMetaData().getColumnName(i);
                        Object value = instants.contains(name)
                                ? instant(Objects.requireNonNull(row.getObject(i, OffsetDateTime.class))
                                        .toInstant())
                                : row.getObject(i);
                        text.append(value).append(' ');
                    }
                    rows.computeIfAbsent(Objects.requireNonNull(row.getObject(1, UUID.class)), first -> new HashSet<>())
                            .add(text.toString());
                });
    }

    static String text(VitalReading reading) {
        return words(
                reading.code().number(),
                reading.patient(),
                instant(reading.effective()),
                reading.offsetMinutes(),
                reading.value(),
                reading.version(),
                reading.status().letter(),
                reading.setting().letter(),
                reading.author().letter());
    }

    static String text(WithoutReading other) {
        return words(
                other.code().number(),
                other.patient(),
                instant(other.low()),
                instant(other.high()),
                other.lowDay(),
                other.highDay(),
                other.status().letter());
    }

    private static String words(Object... values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(value).append(' ');
        }
        return text.toString();
    }

    /** As PostgreSQL keeps it. */
    private static Instant instant(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
