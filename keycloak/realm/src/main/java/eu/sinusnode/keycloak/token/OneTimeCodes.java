package eu.sinusnode.keycloak.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Codes of second factors, each given out once: the authorization server takes no code twice, and it takes those of the
 * step before and after now too. So three logins of one person are possible at once; a further one waits for the next
 * step.
 */
public final class OneTimeCodes {

    private static final int STEPS_ACCEPTED_BESIDE_NOW = 1;
    /** A code of the step before that is asked for too late in this one would be dead on arrival. */
    private static final int LAST_SECOND_FOR_THE_STEP_BEFORE = 24;

    private final Taken taken;

    /** Who remembers which codes were given out. */
    private interface Taken {
        /** @return whether nobody had it before */
        boolean take(String secret, long step);
    }

    private OneTimeCodes(Taken taken) {
        this.taken = taken;
    }

    /** Remembered by this Java process. */
    public static OneTimeCodes inMemory() {
        Set<String> steps = ConcurrentHashMap.newKeySet();
        return new OneTimeCodes((secret, step) -> steps.add(secret + " " + step));
    }

    /** Remembered by all processes that use the directory; one empty file a code, which only one of them can make. */
    public static OneTimeCodes in(Path directory) {
        return new OneTimeCodes((secret, step) -> {
            UUID name = UUID.nameUUIDFromBytes(secret.getBytes(StandardCharsets.US_ASCII));
            try {
                Files.createDirectories(directory);
                forgetBefore(directory, step - 2L * STEPS_ACCEPTED_BESIDE_NOW - 1);
                Files.createFile(directory.resolve(name + "." + step));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException("The directory " + directory + " cannot be written.", e);
            }
        });
    }

    /** A code that is good now and that nobody was given before; waits up to 30 seconds for one. */
    public String next(Totp totp) {
        while (true) {
            Instant now = Instant.now();
            long step = Totp.step(now);
            long second = now.getEpochSecond() - step * Totp.PERIOD.toSeconds();
            if (taken.take(totp.secret(), step)) {
                return totp.codeOf(step);
            }
            if (second < LAST_SECOND_FOR_THE_STEP_BEFORE
                    && taken.take(totp.secret(), step - STEPS_ACCEPTED_BESIDE_NOW)) {
                return totp.codeOf(step - STEPS_ACCEPTED_BESIDE_NOW);
            }
            if (taken.take(totp.secret(), step + STEPS_ACCEPTED_BESIDE_NOW)) {
                return totp.codeOf(step + STEPS_ACCEPTED_BESIDE_NOW);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException("interrupted", "Interrupted while waiting for a fresh code.", e);
        }
    }

    private static void forgetBefore(Path directory, long step) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (Long.parseLong(name.substring(name.lastIndexOf('.') + 1)) < step) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
