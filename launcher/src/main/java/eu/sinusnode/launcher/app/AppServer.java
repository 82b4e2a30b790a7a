package eu.sinusnode.launcher.app;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Serves the example app on a loopback port, files alone: the app itself runs in the browser. */
public final class AppServer implements AutoCloseable {

    private final HttpServer http;
    private final AppFiles files;
    private final AppSettings settings;

    private AppServer(HttpServer http, AppFiles files, AppSettings settings) {
        this.http = http;
        this.files = files;
        this.settings = settings;
    }

    /**
     * Serves until it is closed.
     *
     * @param app the folder {@code smart-app}, its library installed
     * @param port 0 takes any free one
     * @throws Trouble when the library is missing or the port is taken
     */
    public static AppServer start(Path app, int port, AppSettings settings) {
        AppFiles files = new AppFiles(app);
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            AppServer server = new AppServer(http, files, settings);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException e) {
            throw new Trouble(
                    "The app cannot be served on port " + port + " (" + e.getMessage() + ").",
                    "End the program that has it, or set SINUSNODE_APP_PORT and run ./sinusnode up.",
                    e);
        }
    }

    /** The app's origin, {@code http://127.0.0.1:<port>}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The example app of this installation, on its port. */
    public static AppServer start(Installation installation) {
        return start(
                installation.programs().repository().resolve("smart-app"),
                installation.ports().app(),
                AppSettings.of(installation));
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", settings.contentSecurityPolicy());
            headers.set("X-Content-Type-Options", "nosniff");
            // The address of the page holds the code or the launch for a moment.
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
            if (!exchange.getRequestMethod().equals("GET")) {
                headers.set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            Optional<AppFiles.File> file = file(exchange.getRequestURI().getPath());
            if (file.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            headers.set("Content-Type", file.get().type());
            exchange.sendResponseHeaders(200, file.get().content().length);
            exchange.getResponseBody().write(file.get().content());
        }
    }

    private Optional<AppFiles.File> file(String path) throws IOException {
        return path.equals("/settings.json")
                ? Optional.of(
                        new AppFiles.File("application/json", settings.json().getBytes(StandardCharsets.UTF_8)))
                : files.find(path);
    }
}
