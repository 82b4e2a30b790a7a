package eu.sinusnode.server.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import eu.sinusnode.policy.access.StoredRecords;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is needed of the records of one type as they are stored now. Every request asks, so only the version number is read
 * each time; what a version says never changes and is remembered.
 *
 * @param <T> what is read out of a record
 */
final class RememberedVersions<T> {

    private static final String CURRENT_VERSION = """
            SELECT r.res_ver FROM public.hfj_resource r
            WHERE r.res_type = ? AND r.fhir_id = ? AND r.res_deleted_at IS NULL
            """;

    private final String resourceType;
    private final Function<Resource, T> reader;
    private final StoredRecords records;
    private final JdbcClient jdbc;
    private final Cache<Version, T> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record Version(String id, long number) {}

    RememberedVersions(
            String resourceType, Function<Resource, T> reader, StoredRecords records, DataSource dataSource) {
        this.resourceType = resourceType;
        this.reader = reader;
        this.records = records;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Empty when no such record is stored. */
    Optional<T> find(String id) {
        return jdbc.sql(CURRENT_VERSION)
                .params(resourceType, id)
                .query(Long.class)
                .optional()
                .flatMap(number -> find(id, number));
    }

    /** @param number of the version that is stored now */
    Optional<T> find(String id, long number) {
        Version version = new Version(id, number);
        T remembered = known.getIfPresent(version);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        return records.current(resourceType, version.id()).map(record -> {
            T read = reader.apply(record);
            known.put(new Version(version.id(), record.getIdElement().getVersionIdPartAsLong()), read);
            return read;
        });
    }
}
