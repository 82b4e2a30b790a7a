package eu.sinusnode.server.projection;

import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated database of its own, and transactions on it that store resources as the FHIR storage announces them. */
public final class OwnTables {

    private final DataSource dataSource;
    private final TransactionTemplate transactions;

    private OwnTables(DataSource dataSource) {
        this.dataSource = dataSource;
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    public static OwnTables migrated() {
        TestDatabase database = TestPostgres.emptyDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .schemas("sinusnode")
                .load()
                .migrate();
        return new OwnTables(new DriverManagerDataSource(database.url(), database.username(), database.password()));
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public RunningTransaction transaction() {
        return new RunningTransaction(dataSource);
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    public <T> T inTransaction(java.util.function.Supplier<T> work) {
        return java.util.Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    public void create(ProjectionInterceptor interceptor, Resource... resources) {
        transactions.executeWithoutResult(
                status -> List.of(resources).forEach(resource -> interceptor.created(resource, null)));
    }

    public void update(ProjectionInterceptor interceptor, Resource... resources) {
        transactions.executeWithoutResult(
                status -> List.of(resources).forEach(resource -> interceptor.updated(resource, resource, null)));
    }

    public void delete(ProjectionInterceptor interceptor, Resource... resources) {
        transactions.executeWithoutResult(
                status -> List.of(resources).forEach(resource -> interceptor.deleted(resource, null)));
    }

    /** The next version of a resource, as the storage would number it. */
    public static <R extends Resource> R nextVersion(R resource) {
        long version = resource.getIdElement().getVersionIdPartAsLong() + 1;
        resource.setId(resource.getIdElement().withVersion(String.valueOf(version)));
        return resource;
    }

    public static String newId() {
        return UUID.randomUUID().toString();
    }
}
