package eu.sinusnode.keycloak.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /** The secret of RFC 6238, appendix B: the ASCII digits 12345678901234567890. */
    private static final Totp RFC = new Totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    @TempDir
    Path temp;

    /** The last six of the eight digits in the RFC's table. */
    @ParameterizedTest
    @CsvSource({
        "59,287082",
        "1111111109,081804",
        "1111111111,050471",
        "1234567890,005924",
        "2000000000,279037",
        "20000000000,353130"
    })
    void codesAreThoseOfTheRfc(long seconds, String code) {
        assertThat(RFC.codeAt(Instant.ofEpochSecond(seconds))).isEqualTo(code);
    }

    @Test
    void aSecretIsBase32AndNeverTheSame() {
        SecureRandom random = new SecureRandom();
        assertThat(Totp.generate(random).secret()).hasSize(32);
        assertThat(Totp.generate(random)).isNotEqualTo(Totp.generate(random));
        assertThatIllegalArgumentException().isThrownBy(() -> new Totp("0189"));
        assertThat(RFC.toString()).doesNotContain("GEZ");
    }

    @Test
    void anAuthenticatorAppIsToldEverything() {
        assertThat(RFC.uri("SinusNode", "auditor"))
                .isEqualTo("otpauth://totp/SinusNode:auditor?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=SinusNode&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void aCodeIsGivenOutOnceAmongAllWhoShareTheDirectory() {
        Instant before = Instant.now();
        String one = OneTimeCodes.in(temp).next(RFC);
        String two = OneTimeCodes.in(temp).next(RFC);
        assertThat(two).isNotEqualTo(one);
        long step = Totp.step(before);
        List<String> good = List.of(RFC.codeOf(step - 1), RFC.codeOf(step), RFC.codeOf(step + 1), RFC.codeOf(step + 2));
        assertThat(good).contains(one, two);
    }
}
