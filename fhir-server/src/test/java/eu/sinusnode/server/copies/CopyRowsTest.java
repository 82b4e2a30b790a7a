package eu.sinusnode.server.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CopyRowsTest {

    private final CopyRows rows =
            new CopyRows(HapiTable.TOKEN, LongStream.of(7, 8).iterator());

    @Test
    void eachRowHasItsNumberAndItsValues() {
        assertThat(rows.add("a", true, 1L)).isEqualTo(7);
        assertThat(rows.add(null, 1.5)).isEqualTo(8);

        assertThat(rows.text()).isEqualTo("7\ta\ttrue\t1\n8\t\\N\t1.5\n");
    }

    /** Else a value could end its row and begin one of its own. */
    @Test
    void whatTheFormatMeansIsEscapedInValues() {
        rows.add("a\tb\nc\rd\\.\\N");

        assertThat(rows.text()).isEqualTo("7\ta\\tb\\nc\\rd\\\\.\\\\N\n");
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        rows.add("a");
        rows.add("b");

        assertThatThrownBy(() -> rows.add("c")).isInstanceOf(NoSuchElementException.class);
    }
}
