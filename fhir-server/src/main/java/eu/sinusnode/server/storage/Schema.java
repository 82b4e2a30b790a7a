package eu.sinusnode.server.storage;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to this version: first HAPI's tables by HAPI's own migrator, then ours and the indexes of
 * HAPI's by Flyway. Its existence
 * says that both are done; what needs tables asks for it.
 *
 * @param version the newest version of SinusNode's own schema that is applied
 */
record Schema(String version) {

    static final String OWN = "sinusnode";

    /**
     * @throws RuntimeException of either migrator; the server starts neither on a half-migrated database nor on that of a
     *     newer version, whose rules it would read without what they are limited to
     */
    static Schema migrate(DataSource dataSource) {
        HapiMigrator hapi =
                new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, dataSource, DriverTypeEnum.POSTGRES_9_4);
        hapi.createMigrationTableIfRequired();
        hapi.addTasks(new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()));
        hapi.migrate();

        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .schemas(OWN)
                .locations("classpath:db/migration", "classpath:db/storage")
                .validateMigrationNaming(true)
                .ignoreMigrationPatterns(new String[0])
                .cleanDisabled(true)
                .load();
        flyway.migrate();
        return new Schema(String.valueOf(flyway.info().current().getVersion()));
    }
}
