package eu.sinusnode.launcher.app;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files of the app by the path they are asked for; nothing else of the disk can be asked for. */
final class AppFiles {

    /** The page names that are shorter than their files' names: the start, and where the login leads back to. */
    private static final Map<String, String> PAGES = Map.of("/", "index.html", "/callback", "chart.html");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String LIBRARY = "fhirclient.js";

    private final Path web;
    private final Path library;

    /** @param content of the media type {@code type} */
    record File(String type, byte[] content) {}

    /**
     * @param app the folder {@code smart-app}
     * @throws Trouble when the app's library has not been installed
     */
    AppFiles(Path app) {
        this.web = app.resolve("web");
        this.library = app.resolve("node_modules/fhirclient/build/fhir-client.pure.min.js");
        if (!Files.isRegularFile(library)) {
            throw new Trouble(
                    "The example app's library, the npm package fhirclient, has not been installed.",
                    "Run npm ci in " + app + " (Debian: apt-get install nodejs npm), then this command again.");
        }
    }

    Optional<File> find(String path) throws IOException {
        String name = PAGES.getOrDefault(path, path.substring(path.lastIndexOf('/') + 1));
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        boolean atTop = path.indexOf('/', 1) < 0;
        Path file = name.equals(LIBRARY) ? library : web.resolve(name);
        if (type == null || !atTop || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(new File(type, Files.readAllBytes(file)));
    }
}
