package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.narrowing.SignedStates;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.ReadingStatus;
import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.population.CurrentRecords;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The readings of one patient and vital code. When the caller may have every Observation, the readings alone are read;
 * else each Observation that they come from is decided first, and readings of no other are taken.
 */
final class LaneReadings {

    private static final int AT_ONCE = 500;

    private static final String READINGS = """
            SELECT v.observation, v.effective, v.value FROM sinusnode.vital_reading v
            WHERE v.patient = :patient AND v.code = :code AND v.effective >= :start AND v.effective < :end
                AND v.status = ANY (:statuses::text[]::"char"[])
            """;

    private static final String OF_DEVICE = " AND v.device_kind = :device::text::\"char\"";
    private static final String OF_SETTING = " AND v.setting = :setting::text::\"char\"";

    /** Every Observation of a code has one row in one of both. */
    private static final String OBSERVATIONS = """
            (SELECT v.observation FROM sinusnode.vital_reading v
            WHERE v.patient = :patient AND v.code = :leading AND v.effective >= :start AND v.effective < :end
                AND v.status = ANY (:statuses::text[]::"char"[])
            UNION ALL
            SELECT o.observation FROM sinusnode.vital_without_reading o
            WHERE o.patient = :patient AND o.code = :leading AND o.low >= :start AND o.low < :end
                AND o.status = ANY (:statuses::text[]::"char"[]))
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final CurrentRecords records;

    LaneReadings(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.records = new CurrentRecords(dataSource);
    }

    Series read(PermittedRecords.Of permitted, UUID patient, VitalCode code, Period period, Source source) {
        Code stated = new Code(Codes.LOINC, code.loinc());
        if (permitted.isNothing()) {
            return new Series(stated, code.unit(), List.of(), 0);
        }
        Map<String, Object> values = values(patient, code, period, source, permitted.signedOnly());
        if (permitted.isEverything()) {
            Integer considered =
                    jdbc.queryForObject("SELECT count(*) FROM " + OBSERVATIONS + " c", values, Integer.class);
            return new Series(stated, code.unit(), readings(source, values), Objects.requireNonNull(considered));
        }
        Set<String> given = given(permitted, values);
        return new Series(
                stated,
                code.unit(),
                readings(source, values).stream()
                        .filter(reading -> given.contains(reading.observation()))
                        .toList(),
                given.size());
    }

    private Set<String> given(PermittedRecords.Of permitted, Map<String, Object> values) {
        List<UUID> found = jdbc.queryForList(OBSERVATIONS, values, UUID.class);
        Set<String> given = new HashSet<>();
        for (int from = 0; from < found.size(); from += AT_ONCE) {
            records.observations(found.subList(from, Math.min(found.size(), from + AT_ONCE))).stream()
                    .flatMap(record -> permitted.permitted(record).stream())
                    .forEach(observation -> given.add(observation.getIdElement().getIdPart()));
        }
        return given;
    }

    private List<Measurement> readings(Source source, Map<String, Object> values) {
        List<Measurement> readings = new ArrayList<>();
        String sql = READINGS + (source.device() == null ? "" : OF_DEVICE)
                + (source.setting() == null ? "" : OF_SETTING) + " ORDER BY v.effective, v.observation";
        jdbc.query(sql, values, row -> {
            OffsetDateTime at = Objects.requireNonNull(row.getObject(2, OffsetDateTime.class));
            readings.add(new Measurement(Objects.requireNonNull(row.getString(1)), at.toInstant(), row.getDouble(3)));
        });
        return readings;
    }

    private static Map<String, Object> values(
            UUID patient, VitalCode code, Period period, Source source, boolean signedOnly) {
        Map<String, Object> values = new HashMap<>();
        values.put("patient", patient);
        values.put("code", code.number());
        values.put("leading", code.leading().number());
        values.put("start", utc(period.start()));
        values.put("end", utc(period.end()));
        values.put("statuses", statuses(signedOnly));
        if (source.device() != null) {
            values.put("device", String.valueOf(source.device().letter()));
        }
        if (source.setting() != null) {
            values.put("setting", String.valueOf(source.setting().letter()));
        }
        return values;
    }

    /** What was entered in error or never came to be is no measurement. As an array in PostgreSQL's own words. */
    private static String statuses(boolean signedOnly) {
        return Arrays.stream(ReadingStatus.values())
                .filter(ReadingStatus::isMeasurement)
                .filter(status -> !signedOnly
                        || SignedStates.of("Observation").orElseThrow().contains(status.code()))
                .map(status -> String.valueOf(status.letter()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
