package eu.sinusnode.server.fulltext.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSnapshotTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10:10:         | 10:10:     | true",
                "11:11:         | 10:10:     | true",
                "10:10:         | 11:11:     | false",
                // 12 runs for both; for the other one alone; for this one alone
                "12:15:12       | 12:14:12   | true",
                "15:15:         | 12:14:12   | true",
                "12:15:12       | 13:13:     | false",
                // What runs here began after the other one was taken
                "14:15:14       | 13:14:13   | true",
                "12:20:12,17    | 12:16:12   | true",
                "12:20:12,15    | 12:16:12   | false"
            })
    void itCoversWhatTheOtherCouldSee(String one, String other, boolean covers) {
        assertThat(TextSnapshot.parse(one).covers(TextSnapshot.parse(other))).isEqualTo(covers);
    }

    @Test
    void itIsWrittenAsPostgresWritesIt() {
        for (String text : new String[] {"10:10:", "10:20:10,14,15", "1:9000000000000:1"}) {
            assertThat(TextSnapshot.parse(text)).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10:10", "a:b:", "10:10:x", "10:10:1,", "-1:2:", "99999999999999999999:1:"})
    void whatIsNoSnapshotIsRefused(String text) {
        assertThatThrownBy(() -> TextSnapshot.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
