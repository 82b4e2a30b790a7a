package eu.sinusnode.benchmarks.open;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.postgres.PostgresControl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The server that the guarded one is compared with: it has to start from the storage's parts alone, and to answer. */
class OpenServerIT {

    @TempDir
    private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext server;
    private int postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = freePort();
        server = SpringApplication.run(
                OpenServer.class,
                "--management.endpoint.health.validate-group-membership=false",
                "--sinusnode.home=" + home,
                "--sinusnode.base-url=http://localhost/fhir",
                "--sinusnode.postgres.port=" + postgres,
                "--server.port=0",
                "--sinusnode.tls.port=0");
    }

    @AfterEach
    void stop() {
        server.close();
        new PostgresControl(home, postgres).stop();
    }

    @Test
    void storesAndReadsWithoutAskingWho() throws Exception {
        String id = "Patient/open";
        HttpResponse<String> stored = send(HttpRequest.newBuilder(at(id))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString("{\"resourceType\":\"Patient\",\"id\":\"open\",\"gender\":\"female\"}")));
        HttpResponse<String> read = send(HttpRequest.newBuilder(at(id)));

        assertThat(stored.statusCode()).isEqualTo(201);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("female");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private URI at(String path) {
        int port = ((ServletWebServerApplicationContext) server).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + "/fhir/" + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
