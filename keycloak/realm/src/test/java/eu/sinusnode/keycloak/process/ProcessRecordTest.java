package eu.sinusnode.keycloak.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {

    @TempDir
    Path temp;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aWrittenRecordIsReadBack() throws IOException {
        Path file = temp.resolve("keycloak.pid");
        ProcessRecord record = ProcessRecord.of("print", shell("exec sleep 60"));
        record.write(file);
        assertThat(ProcessRecord.read(file)).contains(record);
        assertThat(record.alive()).isTrue();
    }

    @Test
    void noFileIsNoRecord() throws IOException {
        assertThat(ProcessRecord.read(temp.resolve("none"))).isEmpty();
    }

    @Test
    void aProcessThatTookOverTheNumberIsLeftAlone() throws IOException {
        ProcessHandle other = shell("exec sleep 60");
        Path file =
                Files.writeString(temp.resolve("keycloak.pid"), "print\n" + other.pid() + " 2020-01-01T00:00:00Z\n");
        assertThat(ProcessRecord.read(file).orElseThrow().processes()).isEmpty();
        assertThat(KeycloakProcess.stop(file)).isFalse();
        assertThat(other.isAlive()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void theChildOfAKilledScriptIsEndedToo() throws Exception {
        ProcessHandle script = shell("sleep 60; true");
        Instant limit = Instant.now().plus(Duration.ofSeconds(10));
        while (script.descendants().findAny().isEmpty() && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        ProcessHandle child = script.descendants().findAny().orElseThrow();
        started.add(child);
        Path file = temp.resolve("keycloak.pid");
        ProcessRecord.of("print", script).write(file);
        script.destroyForcibly();
        script.onExit().join();
        assertThat(child.isAlive()).isTrue();

        assertThat(KeycloakProcess.stop(file)).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    private ProcessHandle shell(String command) throws IOException {
        ProcessHandle process =
                new ProcessBuilder("/bin/sh", "-c", command).start().toHandle();
        started.add(process);
        return process;
    }
}
