package eu.sinusnode.policy.minimisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private static final SecretKeySpec KEY = key(1);
    private static final String ID = "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f";

    private final Pseudonyms one = Pseudonyms.of(KEY, "institute-1");

    @Test
    void areStableForOneRecipient() {
        assertThat(one.of("Patient", ID))
                .isEqualTo(Pseudonyms.of(KEY, "institute-1").of("Patient", ID));
    }

    @Test
    void differByRecipientTypeRecordAndKey() {
        Set<String> names = new HashSet<>();
        names.add(one.of("Patient", ID));
        names.add(one.of("Observation", ID));
        names.add(one.of("Patient", ID.replace('0', '1')));
        names.add(Pseudonyms.of(KEY, "institute-2").of("Patient", ID));
        names.add(Pseudonyms.of(key(2), "institute-1").of("Patient", ID));
        assertThat(names).hasSize(5);
    }

    @Test
    void areIdsOfFhirAndOfNoStoredRecord() {
        assertThat(one.of("Patient", ID)).matches("[0-9a-f]{40}").doesNotContain(ID.substring(0, 8));
    }

    /** By hand, from the words of the javadoc; a change of the scheme would rename everybody. */
    @Test
    void areTheHmacThatIsWrittenDown() throws Exception {
        byte[] recipient = mac(KEY, "sinusnode/pseudonyms/1/institute-1");
        byte[] name = mac(new SecretKeySpec(recipient, "HmacSHA256"), "Patient/" + ID);
        assertThat(one.of("Patient", ID)).isEqualTo(HexFormat.of().formatHex(name, 0, 20));
    }

    @Test
    void doNotCollide() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            names.add(one.of("Observation", new UUID(i, i).toString()));
        }
        assertThat(names).hasSize(20_000);
    }

    private static byte[] mac(SecretKeySpec key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SecretKeySpec key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
