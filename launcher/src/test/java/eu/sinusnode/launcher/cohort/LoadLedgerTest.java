package eu.sinusnode.launcher.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLedgerTest {

    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void remembersFiguresSaveWhatWasNew() {
        new LoadLedger(file()).add(HASH, new LoadFigures(1, 200, 2, 220, 219));

        assertThat(new LoadLedger(file()).of(HASH)).contains(new LoadFigures(1, 200, 2, 220, 0));
    }

    @Test
    void aTornLineCountsAsNotWritten() throws Exception {
        new LoadLedger(file()).add(HASH, new LoadFigures(1, 1, 1, 1, 1));
        Files.writeString(file(), "cd".repeat(32) + " 1 2", StandardOpenOption.APPEND);

        LoadLedger ledger = new LoadLedger(file());

        assertThat(ledger.of(HASH)).isPresent();
        assertThat(ledger.of("cd".repeat(32))).isEmpty();
    }

    @Test
    void forgetsOnDemand() {
        LoadLedger ledger = new LoadLedger(file());
        ledger.add(HASH, LoadFigures.NONE);
        ledger.clear();

        assertThat(ledger.of(HASH)).isEmpty();
        assertThat(new LoadLedger(file()).of(HASH)).isEmpty();
    }

    private Path file() {
        return directory.resolve("ledger.txt");
    }
}
