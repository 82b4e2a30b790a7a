package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/** A residency document whose signature holds. */
public final class SignedResidency {

    private final Path file;
    private final ResidencyDocument document;
    private final String sha256;
    private final String kid;

    SignedResidency(Path file, ResidencyDocument document, byte[] content, String kid) {
        this.file = file;
        this.document = document;
        this.sha256 = sha256(content);
        this.kid = kid;
    }

    public ResidencyRules rules() {
        return document.rules();
    }

    /** What is signed; nothing in it changes while the server runs. */
    public ResidencyDocument document() {
        return document;
    }

    /** Of the file's bytes, in hexadecimal. */
    String sha256() {
        return sha256;
    }

    /** The key that signed. */
    String kid() {
        return kid;
    }

    /** @throws ResidencyException when the site, an endpoint or a dependency lies outside */
    SignedResidency demandInside(List<Dependency> dependencies, LocalDate today) {
        List<String> refusals = document.refusals(dependencies, today);
        if (!refusals.isEmpty()) {
            throw new ResidencyException(
                    file + ": " + String.join(" And ", refusals),
                    "After a change of the file sign it: " + ResidencyFiles.SIGN + ". docs/residency.md tells more.");
        }
        return this;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
