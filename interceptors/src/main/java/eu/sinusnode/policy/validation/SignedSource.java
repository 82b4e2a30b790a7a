package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.References;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The signed document that a recorded Consent holds: an Attachment with the bytes themselves, so that paper and rule are
 * stored in one transaction and neither can be had without the other. The hash is FHIR's, SHA-1 (datatypes.html#Attachment):
 * it tells that what came is what was sent; that nobody has changed it since, its place in the record tells.
 */
final class SignedSource {

    /** A page of 300 dpi in grey has half of that. */
    static final int MOST_BYTES = 4 << 20;

    private static final String PATH = "Consent.source.ofType(Attachment)";
    private static final String REFERENCE = "Consent.source.ofType(Reference)";

    /** How the bytes of a type begin. */
    private static final Map<String, List<byte[]>> BEGINNINGS = Map.of(
            "application/pdf", List.of("%PDF-".getBytes(StandardCharsets.US_ASCII)),
            "image/png", List.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}),
            "image/jpeg", List.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
            "image/tiff", List.of(new byte[] {'I', 'I', 42, 0}, new byte[] {'M', 'M', 0, 42}));

    private SignedSource() {}

    /** Empty when the document is there and is what it says. */
    static List<WriteIssue> check(Consent consent) {
        return consent.getSource() instanceof Attachment document
                ? check(document, PATH)
                : List.of(issue(PATH, "the signed document comes along, as an Attachment with data"));
    }

    /**
     * Of a Consent that comes from elsewhere: the document is in it, or in a DocumentReference of the patient, or in the Binary
     * that one names.
     *
     * @param references as they will be once the request is stored
     */
    static List<WriteIssue> check(Consent consent, References references) {
        if (!(consent.getSource() instanceof Reference source)) {
            return check(consent);
        }
        Optional<DocumentReference> paper = find(source.getReference(), references, DocumentReference.class)
                .filter(found -> isOf(consent.getPatient(), found.getSubject(), references))
                .filter(found -> found.getStatus() == DocumentReferenceStatus.CURRENT);
        boolean signed = paper.stream()
                .flatMap(found -> found.getContent().stream())
                .map(content -> withBytes(content.getAttachment(), references))
                .anyMatch(document -> check(document, REFERENCE).isEmpty());
        return signed
                ? List.of()
                : List.of(issue(
                        REFERENCE,
                        "the source is a current DocumentReference of the patient with the signed document: a PDF or an"
                                + " image, with its SHA-1 as hash, as data or as the url of a Binary"));
    }

    private static boolean isOf(Reference patient, Reference subject, References references) {
        return patient.getReference() != null
                && subject.getReference() != null
                && references.canonical(patient.getReference()).equals(references.canonical(subject.getReference()));
    }

    private static Attachment withBytes(Attachment document, References references) {
        return document.hasData()
                ? document
                : find(document.getUrl(), references, Binary.class)
                        .map(binary -> document.copy().setData(binary.getData()))
                        .orElse(document);
    }

    private static <T extends Resource> Optional<T> find(
            @Nullable String reference, References references, Class<T> type) {
        return Optional.ofNullable(reference)
                .flatMap(references::canonical)
                .flatMap(references::find)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static List<WriteIssue> check(Attachment document, String path) {
        byte[] bytes = document.getData();
        if (bytes == null || bytes.length == 0) {
            return List.of(issue(path, "the signed document comes along, as an Attachment with data"));
        }
        if (bytes.length > MOST_BYTES) {
            return List.of(issue(path + ".data", "the signed document has " + MOST_BYTES + " bytes at most"));
        }
        List<byte[]> beginnings = BEGINNINGS.get(String.valueOf(document.getContentType()));
        if (beginnings == null) {
            return List.of(issue(path + ".contentType", "the signed document is a PDF or an image (PNG, JPEG, TIFF)"));
        }
        if (beginnings.stream().noneMatch(beginning -> begins(bytes, beginning))) {
            return List.of(issue(path + ".data", "the bytes are not of the type that contentType names"));
        }
        if (!Arrays.equals(document.getHash(), sha1(bytes))) {
            return List.of(
                    issue(path + ".hash", "hash is the SHA-1 of the document's bytes, and these have another one"));
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

    private static WriteIssue issue(String path, String message) {
        return new WriteIssue(DenialCode.CONSENT_RECORDED, path, message);
    }
}
