package eu.sinusnode.server.postgres;

import java.nio.file.Path;

/**
 * A PostgreSQL that answers.
 *
 * @param port TCP port on 127.0.0.1
 * @param adopted whether it was running before it was asked for
 */
public record RunningPostgres(Path home, int port, boolean adopted) {

    /** JDBC URL of one of its databases, without credentials. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The password of a role that SinusNode created: {@code postgres}, {@code sinusnode} or {@code keycloak}. */
    public String password(String role) {
        return new PostgresSecrets(new PostgresLayout(home).secrets()).passwordOf(role);
    }
}
