package eu.sinusnode.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.limits.RequestTime;
import eu.sinusnode.server.residency.ResidencyException;
import eu.sinusnode.server.residency.ResidencyPart;
import eu.sinusnode.server.residency.TestResidency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.NestedExceptionUtils;

/** A server whose residency file does not hold calls no database: the one of these settings would notice. */
class DatabaseComesAfterTheCheckTest {

    @TempDir
    private Path parent;

    @Test
    void aChangedFileEndsTheStartFirst() throws IOException {
        Path home = parent.resolve("home");
        TestResidency.signed(home, "login.example.org");
        Path file = home.resolve("residency").resolve("residency.json");
        Files.writeString(file, Files.readString(file).replace("EU27", "EEA"));
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ResidencyPart.settings(home)
                    .withPropertyValues(
                            "sinusnode.database.url=jdbc:postgresql://127.0.0.1:" + database.getLocalPort() + "/x")
                    // The pool stands first, so that it would be made first.
                    .withUserConfiguration(
                            DataSourceConfiguration.class, ExternalDatabaseConfiguration.class, ResidencyPart.class)
                    .withBean(RequestTime.class, () -> new RequestTime(System::nanoTime))
                    .run(context -> assertThat(NestedExceptionUtils.getMostSpecificCause(
                                    Objects.requireNonNull(context.getStartupFailure())))
                            .isInstanceOf(ResidencyException.class)
                            .hasMessageContaining(file + " is not what was signed last"));
            database.setSoTimeout(1);
            assertThatThrownBy(database::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
