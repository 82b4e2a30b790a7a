package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter written = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    private ProgressLine progress(boolean terminal) {
        return new ProgressLine(new PrintWriter(written), terminal, clock::get);
    }

    @Test
    void saysHowFarItIsAndHowLongItWillTake() {
        ProgressLine progress = progress(false);
        clock.set(10 * SECOND);

        progress.at(250, 1_000, 20_000);

        assertThat(written)
                .hasToString(
                        "[######..................] 25 %: 250 of 1,000 patients, 20,000 vital readings, 2,000/s, 30 s left"
                                + System.lineSeparator());
    }

    @Test
    void aLogGetsALineEveryTenSeconds() {
        ProgressLine progress = progress(false);
        for (int second = 1; second <= 25; second++) {
            clock.set(second * SECOND);
            progress.at(second, 100, second);
        }

        assertThat(written.toString().lines()).hasSize(2);
    }

    @Test
    void aTerminalHasOneLineThatIsGoneAtTheEnd() {
        ProgressLine progress = progress(true);
        clock.set(2 * SECOND);
        progress.at(1, 2, 80);
        clock.set(4 * SECOND);
        progress.at(2, 2, 160);

        assertThat(written.toString()).doesNotContain("\n").contains("50 %").endsWith("\r\u001b[K");
    }
}
