package eu.sinusnode.keycloak.process;

import java.util.Map;

/** Where Keycloak keeps realms, users and sessions. */
public sealed interface KeycloakDatabase {

    /** Keycloak's name of the database kind, fixed when the distribution is built. */
    String vendor();

    /** Settings with their secrets; environment, since a command line is readable by everybody on the machine. */
    Map<String, String> environment();

    /** @param url JDBC URL of a database of Keycloak's own */
    record Postgres(String url, String username, String password) implements KeycloakDatabase {
        @Override
        public String vendor() {
            return "postgres";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of(
                    "KC_DB_URL",
                    url,
                    "KC_DB_USERNAME",
                    username,
                    "KC_DB_PASSWORD",
                    password,
                    "KC_DB_POOL_INITIAL_SIZE",
                    "1",
                    "KC_DB_POOL_MAX_SIZE",
                    "20");
        }

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Postgres[" + url + ", " + username + "]";
        }
    }

    /** Gone with the process: for tests. */
    record InMemory() implements KeycloakDatabase {
        @Override
        public String vendor() {
            return "dev-mem";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }
    }
}
