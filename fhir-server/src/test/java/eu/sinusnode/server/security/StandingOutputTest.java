package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.limits.WatchedResponse;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
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
    private boolean unknown;
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

    @Test
    void whatNobodyCanTellEndsItToo() throws Exception {
        ServletOutputStream output = output();
        output.write('a');
        unknown = true;
        passes(StandingOutput.BETWEEN);

        assertThatThrownBy(() -> output.write('b')).isInstanceOf(IOException.class);
        unknown = false;
        assertThatThrownBy(() -> output.write('c')).isInstanceOf(IOException.class);
        assertThat(told).containsExactly("ended");
    }

    /** A PrintWriter swallows what the stream throws, and goes on writing. */
    @Test
    void aWriterGetsNothingThroughAnyMoreAndTheEndIsToldOnce() throws Exception {
        WatchedResponse watched = new WatchedResponse(response, this::output);
        PrintWriter writer = watched.getWriter();
        writer.print("whole ");
        writer.flush();
        stands = false;
        passes(StandingOutput.BETWEEN);
        for (int i = 0; i < 3; i++) {
            writer.print("x".repeat(20_000));
        }
        writer.close();

        assertThat(response.getContentAsString()).isEqualTo("whole ");
        assertThat(told).containsExactly("ended");
        assertThat(asked).isEqualTo(1);
    }

    private ServletOutputStream output() {
        return output((ServletOutputStream) response.getOutputStream());
    }

    private ServletOutputStream output(ServletOutputStream target) {
        return new StandingOutput(
                target,
                () -> {
                    asked++;
                    if (unknown) {
                        throw new StandingUnknownException("The issuer is silent.", new IOException("silent"));
                    }
                    return stands;
                },
                () -> told.add("ended"),
                () -> nanos);
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }
}
