package eu.sinusnode.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole and broken requests over a socket, on a Tomcat without the rest of the server. */
class SlowBodyValveTest {

    private static final Logger CONTAINER = Logger.getLogger("org.apache");

    @TempDir
    Path home;

    private final Tomcat tomcat = new Tomcat();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                faults.add(entry.getLevel() + " " + entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is held.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    @BeforeEach
    void start() throws Exception {
        tomcat.setBaseDir(home.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        tomcat.setConnector(connector);
        tomcat.getEngine()
                .getPipeline()
                .addValve(
                        new SlowBodyValve(new Pace(Duration.ofSeconds(5), 16_384), new RequestTime(System::nanoTime)));
        Tomcat.addServlet(tomcat.addContext("", home.toString()), "refusing", new Refusing());
        ((org.apache.catalina.Context) tomcat.getHost().findChild("")).addServletMappingDecoded("/", "refusing");
        tomcat.start();
        CONTAINER.addHandler(handler);
    }

    @AfterEach
    void stop() throws Exception {
        CONTAINER.removeHandler(handler);
        tomcat.stop();
        tomcat.destroy();
    }

    /** Were it not, its bytes would be taken for the next request. */
    @Test
    void theRestOfARefusedBodyIsReadAndTheConnectionGoesOn() throws Exception {
        String refused = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" + "a".repeat(50_000);
        String last = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        assertThat(answers(refused + last).split("HTTP/1.1 401 ", -1)).hasSize(3);
        assertThat(faults).isEmpty();
    }

    /** A body may be announced, but there is none behind a head that was not read to its end. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked", "X-Other: 5"})
    void aHeadThatIsTooLargeIsRefusedAndNoFaultOfTheServers(String announced) throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: x\r\n" + announced + "\r\nX-Large: " + "a".repeat(20_000);

        assertThat(answers(head)).startsWith("HTTP/1.1 400 ");
        assertThat(faults).isEmpty();
    }

    private String answers(String requests) throws IOException {
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Answers without a look at the body. */
    private static final class Refusing extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
