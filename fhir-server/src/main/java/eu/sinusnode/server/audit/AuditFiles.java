package eu.sinusnode.server.audit;

import java.nio.file.Path;

/** What of the audit lies outside of the database. */
final class AuditFiles {

    private AuditFiles() {}

    /** The anchor, and what was found of tampering. */
    static Path directory(Path home) {
        return home.resolve("audit");
    }

    static Path journal(Path home) {
        return directory(home).resolve("journal");
    }

    /** Entries that the store would not take. */
    static Path refused(Path home) {
        return directory(home).resolve("refused");
    }
}
