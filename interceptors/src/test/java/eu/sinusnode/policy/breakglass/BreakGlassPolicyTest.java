package eu.sinusnode.policy.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.authentication.AuthenticationPolicy;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import eu.sinusnode.policy.testing.Callers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakGlassPolicyTest {

    private final BreakGlassPolicy policy = new BreakGlassPolicy(3);

    private static Caller caller(CallerKind kind, String methods) {
        Map<String, Object> claims = Callers.of(kind);
        return Callers.caller(
                methods.equals("-")
                        ? Callers.without(claims, "amr")
                        : Callers.with(claims, "amr", Arrays.asList(methods.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({
        "pwd otp, true",
        "otp, true",
        "pwd hwk, true",
        "pwd, false",
        "-, false",
        "OTP, false",
        "pwd mfa, false",
    })
    void aClinicianNeedsASecondFactorThatIsNamed(String methods, boolean permitted) {
        Decision decision = policy.decideCaller(caller(CallerKind.CLINICIAN, methods));
        assertThat(decision instanceof Decision.Permit).isEqualTo(permitted);
        if (decision instanceof Decision.Deny deny) {
            assertThat(deny.code()).isEqualTo(DenialCode.BREAK_GLASS_FACTOR);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLINICIAN")
    void nobodyElseOpensAnything(CallerKind kind) {
        assertThat(policy.decideCaller(caller(kind, "pwd otp")))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.OPERATION));
    }

    @Test
    void nobodyOpensManyAtOnce() {
        assertThat(policy.decideAnother(2, false)).isInstanceOf(Decision.Permit.class);
        assertThat(policy.decideAnother(3, false))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.BREAK_GLASS_MANY));
    }

    @Test
    void aTokenOpensAPatientOnce() {
        assertThat(policy.decideAnother(0, true))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.BREAK_GLASS_FACTOR));
    }

    @Test
    void whatIsNoListOfMethodsIdentifiesNobody() {
        for (Object claim : List.<Object>of("otp", List.of(1), Map.of("otp", true))) {
            assertThat(new AuthenticationPolicy()
                            .identify(Callers.with(Callers.of(CallerKind.CLINICIAN), "amr", claim)))
                    .isInstanceOf(Identification.Refused.class);
        }
    }
}
