package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class StandingOutputTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final List<String> told = new ArrayList<>();
    private long nanos = 1;
    private boolean stands = true;
    private int asked;

    @Test
    void aShortAnswerAsksNothing() throws Exception {
        ServletOutputStream output = output();
        stands = false;
        for (int i = 0; i < 1000; i++) {
            output.write('a');
        }
        passes(StandingOutput.BETWEEN.minusNanos(1));
        output.flush();

        assertThat(asked).isZero();
        assertThat(response.getContentAsString()).hasSize(1000);
    }

    @Test
    void aLongAnswerAsksEveryHalfMinuteAndGoesOnWhileItsTokenStands() throws Exception {
        ServletOutputStream output = output();
        for (int i = 0; i < 10; i++) {
            output.write(new byte[] {'a', 'b'});
            passes(Duration.ofSeconds(15));
        }

        assertThat(asked).isEqualTo(4);
        assertThat(response.getContentAsString()).isEqualTo("ab".repeat(10));
        assertThat(told).isEmpty();
    }

    @Test
    void anAnswerWhoseTokenEndedBreaksOffAndIsTold() throws Exception {
        ServletOutputStream output = output();
        output.write('a');
        stands = false;
        passes(StandingOutput.BETWEEN);

        assertThatThrownBy(() -> output.write('b')).isInstanceOf(IOException.class);
        assertThat(response.getContentAsString()).isEqualTo("a");
        assertThat(told).containsExactly("ended");
    }

    private ServletOutputStream output() {
        return new StandingOutput(
                (ServletOutputStream) response.getOutputStream(),
                () -> {
                    asked++;
                    return stands;
                },
                () -> told.add("ended"),
                () -> nanos);
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }
}
