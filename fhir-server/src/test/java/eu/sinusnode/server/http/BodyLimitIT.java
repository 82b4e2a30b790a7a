package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyLimitIT extends RunningServer {

    private static final long TWO_HUNDRED_MEGABYTES = 200L * 1024 * 1024;

    @Test
    void aHugeBodyOfUnknownLengthIsRefusedWhileItIsRead() {
        Answer answer = post(
                "/Observation",
                TOKENS.loader(),
                BodyPublishers.ofInputStream(() -> new Endless(TWO_HUNDRED_MEGABYTES)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-001");
        assertThat(get("/metadata", null).status()).isEqualTo(200);
    }

    @Test
    void aHugeBodyOfKnownLengthIsRefusedAtOnce() {
        Answer answer = post(
                "",
                TOKENS.loader(),
                BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> new Endless(TWO_HUNDRED_MEGABYTES)), TWO_HUNDRED_MEGABYTES));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-001");
    }

    @Test
    void aPackedBodyIsRefused() {
        Answer answer = send(request("/Observation", TOKENS.loader())
                .header("Content-Type", "application/fhir+json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b})));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-002");
    }

    /** JSON that never ends, made as it is read. */
    private static final class Endless extends InputStream {
        private static final byte[] START =
                "{\"resourceType\":\"Observation\",\"note\":[{\"text\":\"".getBytes(StandardCharsets.UTF_8);
        private final long length;
        private long position;

        Endless(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            if (position >= length) {
                return -1;
            }
            int next = position < START.length ? START[(int) position] : 'a';
            position++;
            return next;
        }
    }
}
