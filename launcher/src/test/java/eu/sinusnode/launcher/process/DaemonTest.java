package eu.sinusnode.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    @TempDir
    private Path directory;

    private Home home = new Home(Path.of("unset"));
    private Daemon daemon = new Daemon("unset", home);

    @BeforeEach
    void prepare() {
        home = new Home(directory.resolve("home with a space"));
        home.prepare();
        daemon = new Daemon("sleeper", home);
    }

    @AfterEach
    void end() {
        daemon.stop();
    }

    @Test
    void isFoundAgainByAnotherLauncher() {
        ProcessHandle process = start();

        assertThat(new Daemon("sleeper", home).running()).hasValueSatisfying(found -> {
            assertThat(found.process()).isEqualTo(process);
            assertThat(found.build()).isEqualTo("build-1");
        });
    }

    @Test
    void isFoundByItsMarkWhenThePidFileIsLost() throws Exception {
        ProcessHandle process = start();
        Files.delete(home.run().resolve("sleeper.pid"));

        assertThat(daemon.running()).map(PidFile.Remembered::process).contains(process);
        assertThat(daemon.running()).map(PidFile.Remembered::build).contains("unknown");
    }

    @Test
    void ofAnotherHomeIsAStranger() {
        start();
        Home other = new Home(directory.resolve("other"));
        other.prepare();

        Daemon stranger = new Daemon("sleeper", other);

        assertThat(stranger.running()).isEmpty();
        assertThat(stranger.stop()).isFalse();
        assertThat(daemon.running()).isPresent();
    }

    @Test
    void aUsedAgainProcessIdIsNotTakenForOurs() {
        ProcessHandle process = start();
        PidFile file = new PidFile(home.run().resolve("other.pid"));
        file.write(process, "b");
        assertThat(file.read()).isPresent();

        rewriteStart(file.path(), process.info().startInstant().orElseThrow().minus(Duration.ofHours(1)));

        assertThat(file.read()).isEmpty();
    }

    @Test
    void isGoneAfterStop() {
        ProcessHandle process = start();

        assertThat(daemon.stop()).isTrue();

        assertThat(process.isAlive()).isFalse();
        assertThat(daemon.running()).isEmpty();
        assertThat(daemon.stop()).isFalse();
    }

    @Test
    void aKilledOneIsNotRunning() {
        ProcessHandle process = start();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(daemon.running()).isEmpty();
    }

    @Test
    void aTornPidFileFallsBackToTheMark() throws Exception {
        ProcessHandle process = start();
        Files.writeString(home.run().resolve("sleeper.pid"), "pid=12");

        assertThat(daemon.running()).map(PidFile.Remembered::process).contains(process);
    }

    @Test
    void itsOutputIsInTheLog() throws Exception {
        start();
        Instant limit = Instant.now().plusSeconds(20);
        while (daemon.log().lines().isEmpty() && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }
        assertThat(daemon.log().lines()).containsExactly("sleeping");
    }

    private ProcessHandle start() {
        String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
        return daemon.start("build-1", List.of("-Xmx32m"), List.of("-cp", classes, Sleeper.class.getName()), Map.of());
    }

    private static void rewriteStart(Path file, Instant started) {
        try {
            Files.writeString(file, Files.readString(file).replaceFirst("started=.*", "started=" + started));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
