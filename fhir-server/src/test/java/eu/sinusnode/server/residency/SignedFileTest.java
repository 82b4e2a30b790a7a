package eu.sinusnode.server.residency;

import static eu.sinusnode.server.residency.TestResidency.command;
import static eu.sinusnode.server.residency.TestResidency.document;
import static eu.sinusnode.server.residency.TestResidency.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.residency.ResidencyTier;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The residency file on the disk, whole and tampered with. */
class SignedFileTest {

    @TempDir
    private Path parent;

    private Path home;

    @BeforeEach
    void aMachineThatStartedOnce() {
        home = parent.resolve("home");
        assertThat(verified().rules().tier()).isEqualTo(ResidencyTier.EU27);
    }

    @Test
    void theFirstStartSignsTheNarrowestTierAndThisMachineAlone() throws IOException {
        SignedResidency residency = verified();

        assertThat(residency.document().site().declared()).isFalse();
        assertThat(residency.document().endpoints()).allMatch(endpoint -> endpoint.isLoopback());
        assertThat(residency.document().refusals(List.of(), LocalDate.of(2026, 11, 27)))
                .isEmpty();
        for (Path file : List.of(document(home), signature(home))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(verified().sha256()).isEqualTo(residency.sha256());
    }

    @Test
    void aFirstStartThatEndedBetweenTheTwoFilesIsFinished() throws IOException {
        Files.delete(signature(home));

        assertThat(verified().rules().tier()).isEqualTo(ResidencyTier.EU27);
    }

    @Test
    void everyByteOfTheDocumentCounts() throws IOException {
        everyByteCounts(document(home));
    }

    @Test
    void everyByteOfTheSignatureCounts() throws IOException {
        everyByteCounts(signature(home));
    }

    /** Each byte made another one, left out, and written twice. */
    private void everyByteCounts(Path file) throws IOException {
        TestResidency.signed(home, "login.example.org");
        PurposeKey key = key();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            refused(file, changed, key);
            byte[] shorter = new byte[good.length - 1];
            System.arraycopy(good, 0, shorter, 0, i);
            System.arraycopy(good, i + 1, shorter, i, good.length - i - 1);
            refused(file, shorter, key);
            byte[] longer = new byte[good.length + 1];
            System.arraycopy(good, 0, longer, 0, i + 1);
            System.arraycopy(good, i, longer, i + 1, good.length - i);
            refused(file, longer, key);
        }
        Files.write(file, good);
        assertThat(verified().rules().tier()).isEqualTo(ResidencyTier.EU27);
    }

    private void refused(Path file, byte[] content, PurposeKey key) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> new ResidencyFiles(home).verified(key))
                .as(() -> new String(content, StandardCharsets.UTF_8))
                .isInstanceOf(ResidencyException.class)
                .hasMessageContaining(document(home) + " is not what was signed last");
    }

    @Test
    void aFileWithoutASignatureIsRefusedUnlessItIsTheShippedOne() throws IOException {
        Files.delete(signature(home));
        Files.writeString(document(home), Files.readString(document(home)).replace("EU27", "ADEQUACY"));

        assertRefused(signature(home) + " is missing");
        assertThat(command(home, "verify")).startsWith("4: " + signature(home) + " is missing");
    }

    @Test
    void aSignatureWithoutAFileIsRefused() throws IOException {
        Files.delete(document(home));

        assertRefused(document(home) + " is missing");
    }

    @Test
    void anAlgorithmOfTheirChoiceOrAnotherKeysSignatureIsRefused() throws IOException {
        byte[] content = Files.readAllBytes(document(home));
        PurposeKeys keys = PurposeKeys.open(home, Clock.systemUTC());
        for (KeyPurpose other : List.of(KeyPurpose.ATTESTATION, KeyPurpose.LAUNCH)) {
            Files.writeString(signature(home), DetachedSignature.sign(content, keys.current(other)));
            assertRefused("is not what was signed last");
        }
        for (String line : List.of(
                "",
                "\n",
                "..\n",
                "eyJhbGciOiJub25lIn0..\n",
                "eyJhbGciOiJFUzI1NiJ9.." + "A".repeat(86) + "\n",
                Files.readString(signature(home)).replace("..", ".e30."))) {
            Files.writeString(signature(home), line);
            assertRefused("is not what was signed last");
        }
    }

    @Test
    void whatTheOperatorSignsHolds() {
        TestResidency.signed(home, "login.example.org");

        assertThat(verified().document().version()).isEqualTo(7);
        assertThat(command(home, "verify")).startsWith("0: The signature of ").contains("version 7", "EU27");
    }

    @Test
    void whatWasSignedBeforeCannotComeBack() throws IOException {
        TestResidency.signed(home, "login.example.org");
        byte[] document = Files.readAllBytes(document(home));
        byte[] signature = Files.readAllBytes(signature(home));
        TestResidency.signed(home, "login2.example.org");

        Files.write(document(home), document);
        Files.write(signature(home), signature);

        assertRefused("is not what was signed last");
    }

    @Test
    void aRotatedKeyAsksForANewSignature() throws IOException {
        PurposeKeys.rotate(home, KeyPurpose.RESIDENCY, Clock.systemUTC());

        assertRefused("came after the signature");
        assertThat(command(home, "sign")).startsWith("0: Signed ");
        assertThat(verified().rules().tier()).isEqualTo(ResidencyTier.EU27);
    }

    @Test
    void whatMakesNoSenseIsNotSignedAndLeavesTheSignatureAlone() throws IOException {
        String shipped = Files.readString(document(home));
        String line = Files.readString(signature(home));
        for (String[] change : new String[][] {
            {"\"EU27\"", "\"EU28\"", "'tier' is 'EU28'"},
            {"\"country\": \"DE\"", "\"country\": \"XX\"", "'site.country' is 'XX'"},
            {"\"country\": \"DE\"", "\"country\": \"US\"", "'site' is in US, outside tier EU27"},
        }) {
            TestResidency.write(home, shipped.replace(change[0], change[1]));
            assertThat(command(home, "sign")).startsWith("1: " + document(home)).contains(change[2]);
            assertThat(Files.readString(signature(home))).isEqualTo(line);
        }
        TestResidency.write(home, shipped);
        assertThat(verified().rules().tier()).isEqualTo(ResidencyTier.EU27);
    }

    @Test
    void theCommandSaysHowItIsUsed() {
        assertThat(command(home)).isEqualTo("2: Use: sign | verify\n");
        assertThat(command(home, "trust")).isEqualTo("2: Use: sign | verify\n");
        assertThat(command(parent.resolve("nowhere"), "sign")).startsWith("1: ").contains("is missing");
    }

    private void assertRefused(String told) {
        assertThatThrownBy(this::verified)
                .isInstanceOfSatisfying(ResidencyException.class, refusal -> assertThat(refusal.remedy())
                        .contains("./sinusnode residency sign"))
                .hasMessageContaining(told);
    }

    private SignedResidency verified() {
        return new ResidencyFiles(home).verified(key());
    }

    private PurposeKey key() {
        return PurposeKeys.open(home, Clock.systemUTC()).current(KeyPurpose.RESIDENCY);
    }
}
