package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.keys.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Residency files of tests, signed by the operator's own command. */
public final class TestResidency {

    private TestResidency() {}

    /** This machine, and a login server at that host. */
    public static void signed(Path home, String loginHost) {
        write(home, """
                {"version": 7, "tier": "EU27",
                 "site": {"country": "DE", "operator": "Klinikum am See", "declared": true},
                 "endpoints": [
                   {"purpose": "database", "host": "loopback"},
                   {"purpose": "authorization-server", "host": "%s", "country": "AT", "operator": "Anmeldung GmbH"},
                   {"purpose": "video", "host": "video.sinusnode.test", "country": "DE", "operator": "Video GmbH"},
                   {"purpose": "subscription", "host": "loopback"},
                   {"purpose": "subscription", "host": "nowhere.invalid", "country": "AT", "operator": "Praxis Ost"}],
                 "adequacy": []}
                """.formatted(loginHost));
        assertThat(command(home, "sign")).startsWith("0: Signed ");
    }

    /** This machine alone, which may also be told what happened. */
    public static void ofThisMachine(Path home) {
        write(home, """
                {"version": 1, "tier": "EU27",
                 "site": {"country": "DE", "operator": "Klinikum am See", "declared": true},
                 "endpoints": [
                   {"purpose": "database", "host": "loopback"},
                   {"purpose": "authorization-server", "host": "loopback"},
                   {"purpose": "subscription", "host": "loopback"}],
                 "adequacy": []}
                """);
        assertThat(command(home, "sign")).startsWith("0: Signed ");
    }

    static void write(Path home, String json) {
        try {
            PrivateFiles.createDirectories(home.resolve("residency"));
            PrivateFiles.write(document(home), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path document(Path home) {
        return home.resolve("residency").resolve("residency.json");
    }

    static Path signature(Path home) {
        return home.resolve("residency").resolve("residency.json.jws");
    }

    /** @return exit code, colon, blank, what it said */
    static String command(Path home, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ResidencyCommand.run(
                arguments,
                Map.of("SINUSNODE_HOME", home.toString()),
                Clock.systemUTC(),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return code + ": " + said.toString(StandardCharsets.UTF_8);
    }
}
