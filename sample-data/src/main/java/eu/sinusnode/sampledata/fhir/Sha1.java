package eu.sinusnode.sampledata.fhir;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of an Attachment, as FHIR wants it (datatypes.html#Attachment). */
final class Sha1 {

    private Sha1() {}

    static byte[] of(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
