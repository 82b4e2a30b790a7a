package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords in files of their own ({@code 0600}), generated once and never printed. */
record PostgresSecrets(Path directory) {

    /** The superuser's password file, in the form that {@code initdb --pwfile} reads. */
    Path superuserFile() {
        return fileOf(PostgresControl.SUPERUSER);
    }

    /** The role's password; generated at the first call. */
    String passwordOf(String role) {
        Path file = fileOf(role);
        try {
            if (!Files.exists(file)) {
                write(file, generate());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PostgresException("The password file " + file + " cannot be read or written.", e);
        }
    }

    private Path fileOf(String role) {
        return directory.resolve("postgres-" + (PostgresControl.SUPERUSER.equals(role) ? "superuser" : role));
    }

    private static String generate() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Written beside its place and moved there, so that a file is either whole or absent. */
    private void write(Path file, String password) throws IOException {
        Path draft = Files.createTempFile(
                directory,
                ".password",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, password + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
