package eu.sinusnode.server.lane;

import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.server.lane.PermittedReadings.Span;
import eu.sinusnode.server.projection.JdbcPermitDirectory;
import eu.sinusnode.server.projection.WriteAheadLog;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads a range of patients with their readings from one snapshot of the database, a few thousand rows in memory at a
 * time. What the patient's Consents withhold is part of the SQL that finds the readings: such a row never leaves the
 * database.
 */
public class ReadingCursor {

    private static final int FETCH_SIZE = 2_000;

    private static final String SEQUENCE = """
            SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s
            """;

    private static final String CHANGED = """
            SELECT c.patient::text FROM (
                SELECT v.patient FROM sinusnode.vital_reading v WHERE v.change_sequence >= ?
                UNION SELECT r.patient FROM sinusnode.reading_change r WHERE r.change_sequence >= ?
                UNION SELECT i.patient FROM sinusnode.risk_input i WHERE i.change_sequence >= ?
                UNION SELECT d.patient FROM sinusnode.directive d WHERE d.change_sequence >= ?) c
            WHERE c.patient > ? ORDER BY c.patient LIMIT ?
            """;

    // What was entered in error or never came to be is no measurement.
    private static final String READINGS = """
            SELECT v.observation, v.version, v.code, v.effective, v.offset_minutes, v.value, v.status, v.device_kind,
                v.setting
            FROM sinusnode.vital_reading v JOIN sinusnode.vital_code c ON c.code = v.code
            WHERE v.patient = ? AND v.status NOT IN ('e', 'x')
                AND EXISTS (SELECT FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS s (code, low, high)
                    WHERE s.code = c.observation_code AND s.low <= v.effective AND v.effective < s.high)
                AND NOT v.observation = ANY (?)
            ORDER BY v.effective, v.observation, v.code
            """;

    private static final String LABELLED =
            "SELECT observation FROM sinusnode.labelled_observation WHERE patient = ? ORDER BY observation";

    /** A figure that carries a label would close the flag to readers who see the readings: it is not given. */
    private static final String LABELLED_ADHERENCE = """
            SELECT l.patient::text, l.observation
            FROM sinusnode.labelled_observation l JOIN sinusnode.risk_input i
                ON i.resource_type = 'Observation' AND i.resource = l.observation AND i.said IS NOT NULL
            WHERE l.patient = ANY (?) AND i.code = ANY (?)
            ORDER BY l.observation
            """;

    private static final String CODES = """
            SELECT c.observation_code FROM sinusnode.vital_reading v JOIN sinusnode.vital_code c ON c.code = v.code
            WHERE v.patient = ? AND v.observation = ANY (?)
            UNION SELECT i.code FROM sinusnode.risk_input i
            WHERE i.patient = ? AND i.resource_type = 'Observation' AND i.resource = ANY (?) AND i.said IS NOT NULL
            ORDER BY 1
            """;

    /** Sorts before every id that is given out. */
    private static final UUID FIRST = new UUID(0, 0);

    private final DataSource dataSource;
    private final RecordsBeside records;

    public ReadingCursor(DataSource dataSource, RecordsBeside records) {
        this.dataSource = dataSource;
        this.records = records;
    }

    /** The {@code since} of a range did not come from this database. */
    public static final class UnknownSequenceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownSequenceException(long since) {
            super("The sequence " + since + " was never given out; read without 'since' to start over.");
        }
    }

    /**
     * Hands the range to the sink, and its end last.
     *
     * @throws UnknownSequenceException before anything was handed over
     * @throws IOException from the sink; the end was not handed over
     * @throws SQLException from the database; the end was not handed over
     */
    public void read(ReadingRange range, ReadingSink sink) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            long sequence = sequence(connection, range.since());
            // The reader remembers it; what is read below is of this moment or a later one.
            WriteAheadLog.flush(connection);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                read(connection, range, sequence, sink);
            } finally {
                connection.rollback();
            }
        }
    }

    private void read(Connection connection, ReadingRange range, long sequence, ReadingSink sink)
            throws IOException, SQLException {
        NavigableMap<String, List<Directive>> asked = asked(connection, range);
        boolean more = asked.size() > range.maxPatients();
        String last = null;
        try (PreparedStatement readings = connection.prepareStatement(READINGS)) {
            readings.setFetchSize(FETCH_SIZE);
            List<String> patients =
                    asked.keySet().stream().limit(range.maxPatients()).toList();
            last = patients.isEmpty() ? null : patients.get(patients.size() - 1);
            List<String> permitting = patients.stream()
                    .filter(patient -> ConsentRules.permitSomething(
                            asked.getOrDefault(patient, List.of()), request(range), range.at()))
                    .toList();
            Map<String, PermittedReadings> reach = reach(connection, range, asked, permitting);
            Map<String, List<RiskInputs.Given>> inputs = RiskInputs.of(connection, reach);
            sink.begin(types(permitting, inputs));
            Map<String, Set<String>> beside = records.of(connection, permitting);
            for (String patient : permitting) {
                PermittedReadings own = Objects.requireNonNull(reach.get(patient));
                List<String> withheld = withheld(connection, patient, own);
                sink.patient(patient, withheld, told(beside.getOrDefault(patient, Set.of()), withheld));
                for (RiskInputs.Given input : inputs.getOrDefault(patient, List.of())) {
                    sink.input(patient, input.resource());
                }
                readings(readings, patient, own, sink);
            }
        }
        sink.end(last, more, sequence);
    }

    private static Map<String, PermittedReadings> reach(
            Connection connection, ReadingRange range, Map<String, List<Directive>> asked, List<String> permitting)
            throws SQLException {
        Map<String, PermittedReadings> reach = new LinkedHashMap<>();
        Map<String, List<UUID>> adherence = labelledAdherence(connection, permitting);
        for (String patient : permitting) {
            reach.put(
                    patient,
                    withoutLabelled(
                            connection,
                            patient,
                            PermittedReadings.of(asked.getOrDefault(patient, List.of()), request(range), range.at())
                                    .without(adherence.getOrDefault(patient, List.of()))));
        }
        return reach;
    }

    private static Map<String, List<UUID>> labelledAdherence(Connection connection, List<String> patients)
            throws SQLException {
        Map<String, List<UUID>> labelled = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LABELLED_ADHERENCE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", patients.stream().map(UUID::fromString).toArray()));
            statement.setArray(2, connection.createArrayOf("text", RiskInputCodes.ADHERENCE.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    labelled.computeIfAbsent(Objects.requireNonNull(row.getString(1)), patient -> new ArrayList<>())
                            .add(Objects.requireNonNull(row.getObject(2, UUID.class)));
                }
            }
        }
        return labelled;
    }

    private static Map<String, Set<String>> types(List<String> patients, Map<String, List<RiskInputs.Given>> inputs) {
        Map<String, Set<String>> types = new LinkedHashMap<>();
        for (String patient : patients) {
            Set<String> own = new TreeSet<>();
            own.add("Observation");
            inputs.getOrDefault(patient, List.of()).forEach(input -> own.add(input.resourceType()));
            types.put(patient, own);
        }
        return types;
    }

    private static PermittedReadings withoutLabelled(Connection connection, String patient, PermittedReadings reach)
            throws SQLException {
        if (!reach.dependsOnLabels()) {
            return reach;
        }
        List<UUID> labelled = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LABELLED)) {
            statement.setObject(1, UUID.fromString(patient));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    labelled.add(Objects.requireNonNull(row.getObject(1, UUID.class)));
                }
            }
        }
        return reach.without(labelled);
    }

    static long sequence(Connection connection, @Nullable Long since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (since != null && since > row.getLong(2)) {
                throw new UnknownSequenceException(since);
            }
            return row.getLong(1);
        }
    }

    /** One patient more than asked for, to know whether there are more; ordered as ids are. */
    private static NavigableMap<String, List<Directive>> asked(Connection connection, ReadingRange range)
            throws SQLException {
        JdbcPermitDirectory directory = new JdbcPermitDirectory(new SingleConnectionDataSource(connection, true));
        NavigableMap<String, List<Directive>> asked = range.since() == null
                ? permitting(directory, range)
                : changed(connection, directory, range, range.since());
        return range.through() == null ? asked : asked.headMap(range.through(), true);
    }

    private static NavigableMap<String, List<Directive>> permitting(JdbcPermitDirectory directory, ReadingRange range) {
        return byPatient(directory.permittedPatients(
                range.organizationId(),
                range.purpose(),
                range.relationship(),
                range.after(),
                range.maxPatients() + 1,
                range.at()));
    }

    /** Who changed, with what they permit, which may be nothing. */
    private static NavigableMap<String, List<Directive>> changed(
            Connection connection, JdbcPermitDirectory directory, ReadingRange range, long since) throws SQLException {
        List<String> changed = changed(connection, range, since);
        Set<String> related = directory.relatedAmong(changed, range.organizationId(), range.relationship(), range.at());
        NavigableMap<String, List<Directive>> permits =
                byPatient(directory.directivesOf(related, range.organizationId(), range.purpose(), range.at()));
        changed.forEach(patient -> permits.putIfAbsent(patient, List.of()));
        return permits;
    }

    private static List<String> changed(Connection connection, ReadingRange range, long since) throws SQLException {
        try (PreparedStatement changed = connection.prepareStatement(CHANGED)) {
            changed.setLong(1, since);
            changed.setLong(2, since);
            changed.setLong(3, since);
            changed.setLong(4, since);
            changed.setObject(5, range.after() == null ? FIRST : UUID.fromString(range.after()));
            changed.setInt(6, range.maxPatients() + 1);
            List<String> found = new ArrayList<>();
            try (ResultSet row = changed.executeQuery()) {
                while (row.next()) {
                    found.add(Objects.requireNonNull(row.getString(1)));
                }
            }
            return found;
        }
    }

    private static NavigableMap<String, List<Directive>> byPatient(List<Directive> directives) {
        return directives.stream()
                .collect(Collectors.groupingBy(Directive::patientId, TreeMap::new, Collectors.toList()));
    }

    private static ConsentRequest request(ReadingRange range) {
        return new ConsentRequest(Set.of("Organization/" + range.organizationId()), range.purpose());
    }

    private static void readings(PreparedStatement statement, String patient, PermittedReadings reach, ReadingSink sink)
            throws IOException, SQLException {
        statement.setObject(1, UUID.fromString(patient));
        List<Span> spans = reach.spans();
        statement.setArray(2, texts(statement, spans, Span::observationCode));
        statement.setArray(3, texts(statement, spans, span -> from(span.time())));
        statement.setArray(4, texts(statement, spans, span -> to(span.time())));
        statement.setArray(5, denied(statement, reach));
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sink.reading(reading(patient, row));
            }
        }
    }

    /** Whether there is anything of what is withheld is withheld, too. A flag is the reader's own work. */
    private static List<String> told(Set<String> beside, List<String> withheld) {
        return beside.stream().filter(name -> !withheld.contains(name)).sorted().toList();
    }

    /** A code of which a single reading is denied is withheld in part, too. */
    private static List<String> withheld(Connection connection, String patient, PermittedReadings reach)
            throws SQLException {
        if (reach.denied().isEmpty()) {
            return reach.withheld();
        }
        Set<String> withheld = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(CODES)) {
            statement.setObject(1, UUID.fromString(patient));
            statement.setArray(2, denied(statement, reach));
            statement.setObject(3, UUID.fromString(patient));
            statement.setArray(4, denied(statement, reach));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    withheld.add(Objects.requireNonNull(row.getString(1)));
                }
            }
        }
        withheld.addAll(reach.withheld());
        return List.copyOf(withheld);
    }

    private static Array denied(PreparedStatement statement, PermittedReadings reach) throws SQLException {
        return statement.getConnection().createArrayOf("uuid", reach.denied().toArray());
    }

    private static Array texts(PreparedStatement statement, List<Span> spans, Function<Span, String> text)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("text", spans.stream().map(text).toArray());
    }

    static String from(Validity time) {
        return time.from().equals(Instant.MIN) ? "-infinity" : time.from().toString();
    }

    static String to(Validity time) {
        return time.to() == null ? "infinity" : time.to().toString();
    }

    private static ReadingSink.StoredReading reading(String patient, ResultSet row) throws SQLException {
        OffsetDateTime effective = Objects.requireNonNull(row.getObject(4, OffsetDateTime.class));
        return new ReadingSink.StoredReading(
                patient,
                Objects.requireNonNull(row.getString(1)),
                row.getInt(2),
                VitalCode.ofNumber(row.getInt(3)),
                effective.withOffsetSameInstant(ZoneOffset.ofTotalSeconds(60 * row.getInt(5))),
                row.getDouble(6),
                ReadingStatus.ofLetter(letter(row, 7)),
                DeviceKind.ofLetter(letter(row, 8)),
                MeasurementSetting.ofLetter(letter(row, 9)));
    }

    private static char letter(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column)).charAt(0);
    }
}
