package eu.sinusnode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileTest {

    @TempDir
    Path data;

    @Test
    void readsProcessAndPort() {
        assertThat(PostmasterFile.parse(List.of("4711", "/data", "1790000000", "54329", "", "127.0.0.1")))
                .contains(new PostmasterFile(4711, 54329));
    }

    @Test
    void aFileThatIsStillBeingWrittenHasNoPort() {
        assertThat(PostmasterFile.parse(List.of("4711", "/data"))).contains(new PostmasterFile(4711, 0));
    }

    @Test
    void anEmptyOrForeignFileNamesNobody() {
        assertThat(PostmasterFile.parse(List.of())).isEmpty();
        assertThat(PostmasterFile.parse(List.of("not a number"))).isEmpty();
        assertThat(PostmasterFile.read(data)).isEmpty();
    }

    @Test
    void aLivingProcessThatIsNotPostgresIsNotTheServer() throws Exception {
        long self = ProcessHandle.current().pid();
        Files.writeString(PostmasterFile.in(data), self + "\n" + data + "\n0\n54329\n");

        assertThat(PostmasterFile.read(data)).hasValueSatisfying(file -> {
            assertThat(file.pid()).isEqualTo(self);
            assertThat(file.isServerOf(data)).isFalse();
        });
    }
}
