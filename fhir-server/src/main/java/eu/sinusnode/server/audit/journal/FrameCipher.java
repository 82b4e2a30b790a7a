package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AesGcm;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the frames of one segment. The nonce is the frame's number: a segment is written once, from its beginning, by
 * one process, so no number comes twice; and a frame that was moved does not open.
 */
final class FrameCipher {

    private final Cipher cipher;
    private final SecretKey key;

    FrameCipher(SecretKey key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has AES-GCM.", e);
        }
    }

    byte[] seal(long number, byte[] payload) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
            return cipher.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt.", e);
        }
    }

    /** Null when it is not what was sealed under this number. */
    byte @Nullable [] open(long number, byte[] sealed) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to decrypt.", e);
        }
    }

    private static GCMParameterSpec nonce(long number) {
        byte[] nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES)
                .putInt(0)
                .putLong(number)
                .array();
        return new GCMParameterSpec(AesGcm.TAG_BYTES * Byte.SIZE, nonce);
    }
}
