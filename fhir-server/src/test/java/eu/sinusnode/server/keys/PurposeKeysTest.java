package eu.sinusnode.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurposeKeysTest {

    @TempDir
    Path home;

    private final MovingClock clock = new MovingClock();

    @Test
    void everyPurposeGetsAKeyOfItsOwnThatOnlyTheOwnerCanRead() throws IOException {
        PurposeKeys keys = open();

        Set<String> material = new HashSet<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            assertThat(material.add(keys.current(purpose).jwk().toJSONString())).isTrue();
            assertThat(purpose.fits(keys.current(purpose).jwk())).isTrue();
        }
        try (Stream<Path> made = Files.walk(home.resolve("secrets"))) {
            assertThat(made).hasSizeGreaterThan(2 * KeyPurpose.values().length).allSatisfy(path -> {
                String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(rights).as(path.toString()).isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            });
        }
    }

    @Test
    void keysSurviveARestart() {
        String kid = open().current(KeyPurpose.AUDIT).kid();

        assertThat(open().current(KeyPurpose.AUDIT).kid()).isEqualTo(kid);
    }

    @Test
    void aRotatedKeyIsNoticedWithoutARestartAndTheOldOneStillDecrypts() {
        PurposeKeys keys = open();
        PurposeKey old = keys.current(KeyPurpose.AUDIT);
        PurposeKey other = keys.current(KeyPurpose.LAUNCH);

        command("rotate", "audit");
        clock.pass(PurposeKeys.NOTICED_WITHIN);

        PurposeKey current = keys.current(KeyPurpose.AUDIT);
        assertThat(current.kid()).isNotEqualTo(old.kid());
        assertThat(current.secret("AES")).isNotEqualTo(old.secret("AES"));
        assertThat(keys.find(KeyPurpose.AUDIT, old.kid())).contains(old);
        assertThat(keys.find(KeyPurpose.LAUNCH, old.kid())).isEmpty();
        assertThat(keys.current(KeyPurpose.LAUNCH)).isEqualTo(other);
    }

    @Test
    void twoRotationsInOneSecondAreTwoKeysInOrder() {
        PurposeKeys keys = open();
        command("rotate", "launch");
        String second = command("rotate", "launch").replaceAll("Key (\\S+) .*\\R", "$1");
        clock.pass(PurposeKeys.NOTICED_WITHIN);

        assertThat(keys.all(KeyPurpose.LAUNCH)).hasSize(3);
        assertThat(keys.current(KeyPurpose.LAUNCH).kid()).isEqualTo(second);
    }

    @Test
    void theServerDoesNotStartWithKeysThatOthersCanRead() throws IOException {
        PurposeKeys keys = open();
        Path directory = home.resolve("secrets/keys/audit");
        Path file = directory.resolve(keys.current(KeyPurpose.AUDIT).kid() + ".jwk.json");

        for (Path path : List.of(file, directory, home.resolve("secrets/keys"))) {
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-----"));
            assertThatThrownBy(this::open)
                    .as(path.toString())
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("rotate");
            Files.setPosixFilePermissions(path, before);
        }
        assertThat(open().current(KeyPurpose.AUDIT)).isEqualTo(keys.current(KeyPurpose.AUDIT));
    }

    @Test
    void aKeyOfAnotherPurposeOrAnotherNameIsRefused() throws IOException {
        PurposeKeys keys = open();
        Path launch = home.resolve(
                "secrets/keys/launch/" + keys.current(KeyPurpose.LAUNCH).kid() + ".jwk.json");
        Path wrongPurpose = home.resolve("secrets/keys/audit/" + launch.getFileName());
        Files.copy(launch, wrongPurpose, StandardCopyOption.COPY_ATTRIBUTES);
        assertThatThrownBy(this::open).isInstanceOf(KeyException.class).hasMessageContaining("not a key for purpose");
        Files.delete(wrongPurpose);

        Files.move(launch, launch.resolveSibling("renamed.jwk.json"));
        assertThatThrownBy(this::open).isInstanceOf(KeyException.class).hasMessageContaining("not a key for purpose");
    }

    @Test
    void keysThatBecomeUnreadableWhileTheServerRunsDoNotStopIt() throws IOException {
        PurposeKeys keys = open();
        PurposeKey before = keys.current(KeyPurpose.AUDIT);
        Path broken = home.resolve("secrets/keys/audit/broken.jwk.json");
        PrivateFiles.write(broken, "no key");
        clock.pass(PurposeKeys.NOTICED_WITHIN);

        assertThat(keys.current(KeyPurpose.AUDIT)).isEqualTo(before);

        Files.delete(broken);
        command("rotate", "audit");
        clock.pass(PurposeKeys.NOTICED_WITHIN);
        assertThat(keys.current(KeyPurpose.AUDIT)).isNotEqualTo(before);
    }

    @Test
    void serversThatStartAtOnceAgreeOnOneFirstKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> start = () -> open().current(KeyPurpose.LAUNCH).kid();
            Set<String> kids = new HashSet<>();
            for (Future<String> kid : threads.invokeAll(List.of(start, start, start, start, start, start, start))) {
                kids.add(kid.get());
            }
            assertThat(kids).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noTextShowsAKey() {
        PurposeKey key = open().current(KeyPurpose.AUDIT);

        assertThat(key.toString())
                .contains(key.kid())
                .doesNotContain(key.jwk().toOctetSequenceKey().getKeyValue().toString());
        assertThat(command("list", "audit"))
                .contains(key.kid() + "  2026-11-23T10:00:00Z  current")
                .doesNotContain(key.jwk().toOctetSequenceKey().getKeyValue().toString());
    }

    @Test
    void theCommandSaysHowItIsUsed() {
        assertThat(command("rotate", "everything")).startsWith("Use: ");
        assertThat(command("delete", "audit")).startsWith("Use: ");
        assertThat(command("list", "audit")).contains("Has the server been started once");
        assertThat(command("rotate", "audit")).contains("is current for purpose audit");
    }

    @Test
    void aLaunchKeyIsPublishedUntilItsTokensAreOver() throws Exception {
        PurposeKeys keys = open();
        Duration overlap = Duration.ofMinutes(3);
        RecentKeySet published = new RecentKeySet(keys, KeyPurpose.LAUNCH, overlap, clock);
        String first = keys.current(KeyPurpose.LAUNCH).kid();
        assertThat(published.json()).contains(first).doesNotContain("\"d\"");

        clock.pass(Duration.ofHours(1));
        command("rotate", "launch");
        clock.pass(PurposeKeys.NOTICED_WITHIN);
        String second = keys.current(KeyPurpose.LAUNCH).kid();
        assertThat(published.json()).contains(first).contains(second);

        clock.pass(overlap);
        assertThat(published.json()).doesNotContain(first).contains(second).doesNotContain("\"d\"");
    }

    private PurposeKeys open() {
        return PurposeKeys.open(home, clock, clock::nanoTime);
    }

    private String command(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        KeyCommand.run(
                arguments,
                Map.of("SINUSNODE_HOME", home.toString()),
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
