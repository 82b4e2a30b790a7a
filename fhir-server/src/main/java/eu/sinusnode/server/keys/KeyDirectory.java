package eu.sinusnode.server.keys;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folder of one purpose: {@code <kid>.jwk.json} (0600) for each key that ever was, in a folder of 0700. */
final class KeyDirectory {

    private static final String SUFFIX = ".jwk.json";
    private static final String LOCK = ".lock";
    private static final DateTimeFormatter KID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final KeyPurpose purpose;
    private final Path directory;

    KeyDirectory(Path keys, KeyPurpose purpose) {
        this.purpose = purpose;
        this.directory = keys.resolve(purpose.directory());
    }

    /** The modification time changes whenever a key comes. */
    long changed() throws IOException {
        return Files.getLastModifiedTime(directory).to(TimeUnit.NANOSECONDS);
    }

    /** Oldest first; at least one, since the first is made when there is none. */
    List<PurposeKey> readOrGenerate(Clock clock) throws IOException {
        PrivateFiles.createDirectories(directory);
        PrivateFiles.demandPrivate(directory);
        List<PurposeKey> keys = read();
        if (!keys.isEmpty()) {
            return keys;
        }
        return locked(() -> {
            List<PurposeKey> sinceThen = read();
            return sinceThen.isEmpty() ? List.of(add(sinceThen, clock)) : sinceThen;
        });
    }

    /** Generates the purpose's next key, which is the current one from then on. */
    PurposeKey rotate(Clock clock) throws IOException {
        PrivateFiles.createDirectories(directory);
        PrivateFiles.demandPrivate(directory);
        return locked(() -> add(read(), clock));
    }

    List<PurposeKey> read() throws IOException {
        List<PurposeKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(KeyDirectory::isKey).toList()) {
                keys.add(read(file));
            }
        }
        keys.sort(Comparator.comparing(PurposeKey::created).thenComparing(PurposeKey::kid));
        return keys;
    }

    private static boolean isKey(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private PurposeKey read(Path file) throws IOException {
        PrivateFiles.demandPrivate(file);
        String name = String.valueOf(file.getFileName());
        String kid = name.substring(0, name.length() - SUFFIX.length());
        try {
            JWK key = JWK.parse(Files.readString(file));
            if (!kid.equals(key.getKeyID()) || key.getIssueTime() == null || !purpose.fits(key)) {
                throw new KeyException(file + " is not a key for purpose " + purpose.directory()
                        + ": its kid must be its file name, and it must have iat. Put the file back from a backup.");
            }
            return new PurposeKey(kid, key.getIssueTime().toInstant(), key);
        } catch (ParseException e) {
            throw new KeyException(file + " is not a JSON Web Key. Put the file back from a backup.");
        }
    }

    /** Younger than every key there is by a second at least, which is what {@code iat} can express. */
    private PurposeKey add(List<PurposeKey> existing, Clock clock) throws IOException {
        Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!existing.isEmpty()) {
            Instant next = existing.get(existing.size() - 1).created().plusSeconds(1);
            created = created.isBefore(next) ? next : created;
        }
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        PurposeKey key =
                purpose.generate(KID_TIME.format(created) + "-" + HexFormat.of().formatHex(random), created);
        PrivateFiles.write(directory.resolve(key.kid() + SUFFIX), key.jwk().toJSONString() + "\n");
        return key;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** One process at a time: server and command may start together. */
    private <T> T locked(Work<T> work) throws IOException {
        synchronized (KeyDirectory.class) {
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("The lock on " + directory + " was lost.");
                }
                return work.run();
            }
        }
    }
}
