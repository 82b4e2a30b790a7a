package eu.sinusnode.launcher.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppServerTest {

    private static final AppSettings SETTINGS = new AppSettings(
            URI.create("http://127.0.0.1:8080/fhir"),
            URI.create("https://login.example/realms/sinusnode"),
            "an-app",
            "a-clinic");

    @TempDir
    private Path app;

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, start",
        "/callback?code=c&state=s, text/html; charset=utf-8, chart",
        "/chart.js, text/javascript; charset=utf-8, script",
        "/fhirclient.js, text/javascript; charset=utf-8, library"
    })
    void servesTheAppsFiles(String path, String type, String content) throws Exception {
        install();
        try (AppServer server = AppServer.start(app, 0, SETTINGS)) {
            HttpResponse<String> answer = get(server, path);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(content);
            assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/package.json", "/%2e%2e/secret.js", "/..%2fsecret.js", "/web/chart.js", "/no.js"})
    void servesNothingElse(String path) throws Exception {
        install();
        Files.writeString(app.resolve("secret.js"), "secret");
        Files.writeString(app.resolve("package.json"), "{}");
        try (AppServer server = AppServer.start(app, 0, SETTINGS)) {
            HttpResponse<String> answer = get(server, path);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void letsThePagesSpeakWithTheTwoServersAlone() throws Exception {
        install();
        try (AppServer server = AppServer.start(app, 0, SETTINGS)) {
            assertThat(get(server, "/").headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; ")
                            .contains("connect-src 'self' http://127.0.0.1:8080 https://login.example;")
                            .doesNotContain("unsafe"));
            assertThat(get(server, "/settings.json").body())
                    .isEqualTo(
                            "{\"fhirBase\":\"http://127.0.0.1:8080/fhir\",\"patientClient\":\"an-app\",\"clinicClient\":\"a-clinic\"}");
        }
    }

    @Test
    void takesNoContent() throws Exception {
        install();
        try (AppServer server = AppServer.start(app, 0, SETTINGS)) {
            HttpRequest post = HttpRequest.newBuilder(server.address())
                    .POST(BodyPublishers.ofString("x"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(post, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void saysHowToInstallTheLibrary() {
        assertThatThrownBy(() -> AppServer.start(app, 0, SETTINGS))
                .isInstanceOfSatisfying(
                        Trouble.class, trouble -> assertThat(trouble.remedy()).contains("npm ci"));
    }

    private void install() throws IOException {
        Path library = Files.createDirectories(app.resolve("node_modules/fhirclient/build"));
        Files.writeString(library.resolve("fhir-client.pure.min.js"), "library");
        Path web = Files.createDirectories(app.resolve("web"));
        Files.writeString(web.resolve("index.html"), "start");
        Files.writeString(web.resolve("chart.html"), "chart");
        Files.writeString(web.resolve("chart.js"), "script");
    }

    private static HttpResponse<String> get(AppServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + path))
                                .build(),
                        BodyHandlers.ofString());
    }
}
