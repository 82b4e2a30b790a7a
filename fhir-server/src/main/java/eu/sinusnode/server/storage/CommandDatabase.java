package eu.sinusnode.server.storage;

import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import eu.sinusnode.server.residency.CommandResidency;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of an installation, for commands beside the server: the same variables name it. */
public final class CommandDatabase {

    /** Which variable names it. */
    public static final String URL = "SINUSNODE_DATABASE_URL";

    private CommandDatabase() {}

    /** The state directory that SINUSNODE_HOME names. */
    public static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("SINUSNODE_HOME", ".sinusnode"));
    }

    /**
     * The one that SINUSNODE_DATABASE_URL names, or the embedded one, which is started when it does not run; once all that the
     * environment names is known to lie where data may go.
     *
     * @throws IllegalStateException when it does not
     */
    public static DataSource of(Map<String, String> environment) {
        CommandResidency.demandInside(home(environment), environment, Clock.systemUTC());
        String url = environment.get(URL);
        if (url != null) {
            return new DriverManagerDataSource(
                    url,
                    environment.getOrDefault("SINUSNODE_DATABASE_USERNAME", "sinusnode"),
                    environment.getOrDefault("SINUSNODE_DATABASE_PASSWORD", ""));
        }
        int port = Integer.parseInt(environment.getOrDefault("SINUSNODE_POSTGRES_PORT", "54329"));
        RunningPostgres server = new PostgresControl(home(environment), port).start();
        return new DriverManagerDataSource(server.url("sinusnode"), "sinusnode", server.password("sinusnode"));
    }
}
