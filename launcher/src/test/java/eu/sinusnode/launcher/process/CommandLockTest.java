package eu.sinusnode.launcher.process;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLockTest {

    @TempDir
    private Path directory;

    @Test
    void oneCommandAtATime() {
        Home home = new Home(directory);
        home.prepare();
        try (CommandLock first = CommandLock.take(home)) {
            assertThatThrownBy(() -> CommandLock.take(home))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("at work");
        }
        assertThatNoException().isThrownBy(() -> CommandLock.take(home).close());
    }
}
