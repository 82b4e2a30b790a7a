package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Consent;

/**
 * The signed document that a recorded Consent holds: an Attachment with the bytes themselves, so that paper and rule are
 * stored in one transaction and neither can be had without the other. The hash is FHIR's, SHA-1 (datatypes.html#Attachment):
 * it tells that what came is what was sent; that nobody has changed it since, its place in the record tells.
 */
final class SignedSource {

    /** A page of 300 dpi in grey has half of that. */
    static final int MOST_BYTES = 4 << 20;

    private static final String PATH = "Consent.source.ofType(Attachment)";

    /** How the bytes of a type begin. */
    private static final Map<String, List<byte[]>> BEGINNINGS = Map.of(
            "application/pdf", List.of("%PDF-".getBytes(StandardCharsets.US_ASCII)),
            "image/png", List.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}),
            "image/jpeg", List.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
            "image/tiff", List.of(new byte[] {'I', 'I', 42, 0}, new byte[] {'M', 'M', 0, 42}));

    private SignedSource() {}

    /** Empty when the document is there and is what it says. */
    static List<WriteIssue> check(Consent consent) {
        if (!(consent.getSource() instanceof Attachment document)
                || document.getData() == null
                || document.getData().length == 0) {
            return List.of(issue("", "the signed document comes along, as an Attachment with data"));
        }
        byte[] bytes = document.getData();
        if (bytes.length > MOST_BYTES) {
            return List.of(issue(".data", "the signed document has " + MOST_BYTES + " bytes at most"));
        }
        List<byte[]> beginnings = BEGINNINGS.get(String.valueOf(document.getContentType()));
        if (beginnings == null) {
            return List.of(issue(".contentType", "the signed document is a PDF or an image (PNG, JPEG, TIFF)"));
        }
        if (beginnings.stream().noneMatch(beginning -> begins(bytes, beginning))) {
            return List.of(issue(".data", "the bytes are not of the type that contentType names"));
        }
        if (!Arrays.equals(document.getHash(), sha1(bytes))) {
            return List.of(issue(".hash", "hash is the SHA-1 of the document's bytes, and these have another one"));
        }
        return List.of();
    }

    private static boolean begins(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static WriteIssue issue(String element, String message) {
        return new WriteIssue(DenialCode.CONSENT_RECORDED, PATH + element, message);
    }
}
