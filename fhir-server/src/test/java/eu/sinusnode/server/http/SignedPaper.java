package eu.sinusnode.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Consent;

/** What makes a Consent one that was signed on paper. */
public final class SignedPaper {

    static final String NUMBERS = "https://clinic.example/papers";

    private SignedPaper() {}

    /** Signed by its performer, who was asked once more a minute later. */
    static Consent of(Consent consent, String number) {
        consent.setId((String) null);
        consent.addIdentifier().setSystem(NUMBERS).setValue(number);
        consent.setSource(pdf("%PDF-1.7 " + number));
        consent.addVerification()
                .setVerified(true)
                .setVerifiedWith(consent.getPerformerFirstRep().copy())
                .setVerificationDate(new Date(consent.getDateTime().getTime() + 60_000));
        return consent;
    }

    /** Of one paper, and of no other. */
    public static Attachment document() {
        return pdf("%PDF-1.7 " + UUID.randomUUID());
    }

    static Attachment pdf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Attachment()
                .setContentType("application/pdf")
                .setData(bytes)
                .setHash(sha1(bytes))
                .setTitle("Signed consent");
    }

    static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
