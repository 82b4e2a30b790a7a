package eu.sinusnode.launcher.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable("risk", "why");
        table.row("suspected", "irregular\nbeats");
        table.row("bp", "x".repeat(200));

        assertThat(table.lines()).first().isEqualTo("  risk       why");
        assertThat(table.lines().get(1)).isEqualTo("  suspected  irregular beats");
        assertThat(table.lines().get(2)).endsWith("xxx ...").hasSizeLessThan(130);
    }

    @Test
    void aRowOfAnotherLengthIsAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TextTable("a", "b").row("1"));
    }
}
