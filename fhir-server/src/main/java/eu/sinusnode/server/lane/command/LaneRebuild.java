package eu.sinusnode.server.lane.command;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.server.lane.VitalReading;
import eu.sinusnode.server.lane.VitalReadingTable;
import eu.sinusnode.server.lane.VitalReadings;
import eu.sinusnode.server.lane.WithoutReading;
import eu.sinusnode.server.lane.WithoutReadingTable;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.records.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads every Observation, some hundred in a transaction, and compares the lane with what it would be made of them. While
 * the server runs, too: an Observation and its rows are read at one moment. What differs can be mended in the same
 * transaction, with the Observations locked; what is right is left as it is, so that readers of changes read nothing anew
 * and a run that was broken off has only the rest to write.
 */
final class LaneRebuild {

    private static final int AT_ONCE = 500;

    private static final String NEXT = "SELECT " + StoredRecord.COLUMNS + """
            , r.res_id FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = 'Observation' AND r.res_deleted_at IS NULL AND r.res_id > ?
            ORDER BY r.res_id LIMIT ?
            """;

    private static final String SURPLUS = """
            SELECT DISTINCT t.observation FROM (
                SELECT v.observation FROM sinusnode.vital_reading v
                UNION ALL SELECT o.observation FROM sinusnode.vital_without_reading o) t
            WHERE NOT EXISTS (SELECT FROM public.hfj_resource r WHERE r.res_type = 'Observation'
                AND r.fhir_id = t.observation::text AND r.res_deleted_at IS NULL) LIMIT ?
            """;

    private final JdbcTemplate jdbc;
    private final LaneRows rows;
    private final TransactionTemplate transaction;
    private final VitalReadingTable readings;
    private final WithoutReadingTable others;
    private final IParser parser;

    LaneRebuild(DataSource dataSource, FhirContext context) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.rows = new LaneRows(jdbc);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        RunningTransaction running = new RunningTransaction(dataSource);
        this.readings = new VitalReadingTable(running);
        this.others = new WithoutReadingTable(running);
        this.parser = context.newJsonParser();
    }

    private record Batch(long last, int size, long different, long unread) {}

    /** @param progress Observations compared so far */
    Comparison compare(LongConsumer progress) {
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return walk(false, progress);
    }

    /** Afterwards the lane is what the Observations give; the figures are of what was mended. */
    Comparison mend(LongConsumer progress) {
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return walk(true, progress);
    }

    private Comparison walk(boolean mend, LongConsumer progress) {
        long compared = 0;
        long different = 0;
        long unread = 0;
        long after = Long.MIN_VALUE;
        Batch batch;
        do {
            long from = after;
            batch = Objects.requireNonNull(transaction.execute(status -> batch(from, mend)));
            after = batch.last();
            compared += batch.size();
            different += batch.different();
            unread += batch.unread();
            progress.accept(compared);
        } while (batch.size() == AT_ONCE);
        return new Comparison(compared, different, surplus(mend), unread);
    }

    private Batch batch(long after, boolean mend) {
        long[] last = {after};
        // Locked, nobody changes an Observation between its reading and its rows.
        List<StoredRecord> records = jdbc.query(
                NEXT + (mend ? " FOR SHARE OF r" : ""),
                (row, number) -> {
                    last[0] = row.getLong(8);
                    return StoredRecord.read(row);
                },
                after,
                AT_ONCE);
        Map<UUID, Observation> read = new HashMap<>();
        long unread = 0;
        for (StoredRecord record : records) {
            Optional<UUID> id = ResourceIds.parse(record.id());
            if (record.json() == null) {
                unread++;
            } else if (id.isPresent()) {
                read.put(id.get(), observation(record, record.json()));
            }
        }
        return new Batch(last[0], records.size(), compare(read, mend), unread);
    }

    private Observation observation(StoredRecord record, String json) {
        Observation observation = parser.parseResource(Observation.class, json);
        observation.setId(new IdType("Observation", record.id(), Long.toString(record.version())));
        return observation;
    }

    private long compare(Map<UUID, Observation> read, boolean mend) {
        Map<UUID, Set<String>> stored = rows.stored(List.copyOf(read.keySet()));
        List<UUID> replaced = new ArrayList<>();
        List<VitalReading> wanted = new ArrayList<>();
        List<WithoutReading> without = new ArrayList<>();
        read.forEach((id, observation) -> {
            List<VitalReading> taken = VitalReadings.of(observation);
            List<WithoutReading> other = WithoutReading.of(observation, taken);
            Set<String> expected = new HashSet<>();
            taken.forEach(reading -> expected.add(LaneRows.text(reading)));
            other.forEach(row -> expected.add(LaneRows.text(row)));
            if (!expected.equals(stored.getOrDefault(id, Set.of()))) {
                replaced.add(id);
                wanted.addAll(taken);
                without.addAll(other);
            }
        });
        if (mend) {
            readings.delete(replaced);
            readings.insert(wanted);
            others.delete(replaced);
            others.insert(without);
        }
        return replaced.size();
    }

    private long surplus(boolean mend) {
        long surplus = 0;
        List<UUID> found;
        do {
            found = jdbc.queryForList(SURPLUS, UUID.class, mend ? AT_ONCE : Integer.MAX_VALUE);
            List<UUID> gone = found;
            if (mend) {
                transaction.executeWithoutResult(status -> {
                    readings.delete(gone);
                    others.delete(gone);
                });
            }
            surplus += found.size();
        } while (mend && !found.isEmpty());
        return surplus;
    }
}
