package eu.sinusnode.server.configuration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param port TCP port of the embedded PostgreSQL on 127.0.0.1 */
@ConfigurationProperties("sinusnode.postgres")
public record PostgresProperties(@DefaultValue("54329") int port) {

    public PostgresProperties {
        Sentences.require(port > 0 && port < 65536, "sinusnode.postgres.port must be a TCP port between 1 and 65535.");
    }
}
