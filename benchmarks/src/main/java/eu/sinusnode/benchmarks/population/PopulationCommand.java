package eu.sinusnode.benchmarks.population;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.benchmarks.measure.Machine;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Works on a database of its own, which is made for it and dropped behind it. */
@Command(
        name = "population",
        description =
                "The newest 20 heart rates of everybody who permits it, as the statement finds them, against the same statement without a permit.",
        mixinStandardHelpOptions = true)
public final class PopulationCommand implements Callable<Integer> {

    private static final int PORT = 15433;
    private static final String DATABASE = "population";
    private static final String OWNER = "sinusnode";

    @Option(
            names = "--readings",
            description = "Readings to make up; a gigabyte of disk for four million. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10000000")
    private int readings;

    @Option(names = "--patients", description = "Whose they are. Default: ${DEFAULT-VALUE}.", defaultValue = "120000")
    private int patients;

    @Option(names = "--searches", description = "Of each kind. Default: ${DEFAULT-VALUE}.", defaultValue = "60")
    private int searches;

    @Override
    public Integer call() throws SQLException {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "")).toAbsolutePath();
        PostgresControl control = new PostgresControl(repository.resolve("benchmarks/target/population-home"), PORT);
        RunningPostgres server = control.start();
        try {
            superuser(server, "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            superuser(server, "CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            try (HikariDataSource pool = pool(server)) {
                System.out.println(Machine.describe());
                SyntheticReadings data = new SyntheticReadings(pool);
                data.fill(patients, readings);
                System.out.println(new PopulationCost(pool, data)
                        .measure(searches, System.out::println)
                        .line());
            }
            superuser(server, "DROP DATABASE " + DATABASE + " WITH (FORCE)");
        } finally {
            control.stop();
        }
        return 0;
    }

    /** With the server's own settings of a connection. */
    private static HikariDataSource pool(RunningPostgres server) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(server.url(DATABASE));
        pool.setUsername(OWNER);
        pool.setPassword(server.password(OWNER));
        pool.addDataSourceProperty("options", "-c plan_cache_mode=force_custom_plan");
        HikariDataSource dataSource = new HikariDataSource(pool);
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("sinusnode")
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return dataSource;
    }

    private static void superuser(RunningPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.url("postgres"), PostgresControl.SUPERUSER, server.password(PostgresControl.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
