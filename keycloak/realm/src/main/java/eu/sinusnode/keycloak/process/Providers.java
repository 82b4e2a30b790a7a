package eu.sinusnode.keycloak.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own jars for Keycloak, in the order of their names. The realm names what is in them: without them Keycloak would
 * not take it.
 */
record Providers(List<Path> jars) {

    Providers {
        jars = List.copyOf(jars);
    }

    /** @throws KeycloakException when there is none; it says how to get it */
    static Providers beside(Path zip) throws IOException {
        Path folder = zip.resolveSibling("providers");
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                files.forEach(jars::add);
            }
        }
        if (jars.isEmpty()) {
            throw new KeycloakException("SinusNode's own part of Keycloak is missing in " + folder
                    + ": 'mvn package -pl keycloak/realm -am' builds it.");
        }
        jars.sort(null);
        return new Providers(jars);
    }

    /** Changes with every byte of them. */
    String fingerprint() throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path jar : jars) {
            contents.add(new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1));
        }
        return Fingerprint.of(contents.toArray(String[]::new));
    }

    void copyInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path jar : jars) {
            Files.copy(jar, folder.resolve(String.valueOf(jar.getFileName())));
        }
    }
}
