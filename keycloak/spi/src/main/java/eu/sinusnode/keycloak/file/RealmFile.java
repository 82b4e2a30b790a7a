package eu.sinusnode.keycloak.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

/** The file with the realm that this Keycloak is to have. */
record RealmFile(Path path) {

    /** Keycloak's own name for the setting. */
    private static final String SETTING = "keycloak.migration.file";

    private static final String IMPORTED = ".imported";

    /** Empty when Keycloak was started without one. */
    static Optional<RealmFile> named() {
        return Optional.ofNullable(System.getProperty(SETTING)).map(Path::of).map(RealmFile::new);
    }

    RealmRepresentation read() throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return JsonSerialization.readValue(content, RealmRepresentation.class);
        }
    }

    /** Tells whoever started Keycloak, by a file beside this one, that the realm is this file's and needs no update. */
    void tellImported() throws IOException {
        Files.writeString(path.resolveSibling(path.getFileName() + IMPORTED), "");
    }
}
