package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import eu.sinusnode.policy.residency.signed.ResidencyReader;
import eu.sinusnode.policy.residency.signed.UnreadableDocumentException;
import eu.sinusnode.server.keys.PrivateFiles;
import eu.sinusnode.server.keys.PurposeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code $SINUSNODE_HOME/residency/residency.json} and the signature beside it.
 *
 * <p>On a machine where neither exists the shipped default is written and signed: the narrowest tier, and no endpoint but
 * this machine. So to remove both files opens nothing.
 */
final class ResidencyFiles {

    static final String SIGN = "./sinusnode residency sign";
    private static final String DEFAULT = "/residency/default.json";

    private final Path document;
    private final Path signature;

    ResidencyFiles(Path home) {
        Path folder = home.toAbsolutePath().normalize().resolve("residency");
        this.document = folder.resolve("residency.json");
        this.signature = folder.resolve("residency.json.jws");
    }

    Path document() {
        return document;
    }

    /**
     * The signed document, or the shipped default where there is none yet.
     *
     * @param key the only one whose signature counts: what was signed with an earlier one could come back otherwise
     * @throws ResidencyException when the file, its signature or a member of it is not as it must be
     */
    SignedResidency verified(PurposeKey key) {
        try {
            if (isFirstStart()) {
                PrivateFiles.createDirectories(folder());
                PrivateFiles.write(document, new String(shipped(), StandardCharsets.UTF_8));
                sign(key);
            }
            byte[] content = Files.readAllBytes(existing(document, "It says where data may go"));
            String line = Files.readString(existing(signature, "It is the signature of " + document));
            if (!DetachedSignature.holds(line, content, key)) {
                throw new ResidencyException(
                        document + " is not what was signed last: it or " + signature + " was changed, or key "
                                + key.kid() + " came after the signature.",
                        "Look at every line of " + document + ", then sign it: " + SIGN + ".");
            }
            return new SignedResidency(document, read(content), content, key.kid());
        } catch (IOException e) {
            throw new ResidencyException(
                    document + " or its signature cannot be read or written (" + e + ").",
                    "Give the folder to the user that the server runs as.");
        }
    }

    /** @throws ResidencyException when it is no residency document; then nothing may be signed */
    ResidencyDocument readUnsigned() throws IOException {
        return read(Files.readAllBytes(existing(document, "It says where data may go")));
    }

    void sign(PurposeKey key) throws IOException {
        PrivateFiles.write(signature, DetachedSignature.sign(Files.readAllBytes(document), key));
    }

    /** Also when the first start ended between the two files. */
    private boolean isFirstStart() throws IOException {
        return Files.notExists(signature)
                && (Files.notExists(document) || Arrays.equals(Files.readAllBytes(document), shipped()));
    }

    private ResidencyDocument read(byte[] content) {
        try {
            return ResidencyReader.read(new String(content, StandardCharsets.UTF_8));
        } catch (UnreadableDocumentException e) {
            throw new ResidencyException(
                    document + ": " + e.getMessage() + ".",
                    "Correct it, then sign the file: " + SIGN + ". docs/residency.md has every member.");
        }
    }

    private static Path existing(Path file, String what) {
        if (Files.notExists(file)) {
            throw new ResidencyException(
                    file + " is missing. " + what + ".",
                    "Put it back from a backup, or sign what should hold: " + SIGN + ".");
        }
        return file;
    }

    private Path folder() {
        return document.resolveSibling("");
    }

    private static byte[] shipped() throws IOException {
        try (InputStream json = ResidencyFiles.class.getResourceAsStream(DEFAULT)) {
            if (json == null) {
                throw new IOException(DEFAULT + " is not in the program.");
            }
            return json.readAllBytes();
        }
    }
}
