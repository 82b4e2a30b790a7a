package eu.sinusnode.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticationPolicyTest {

    private final AuthenticationPolicy policy = new AuthenticationPolicy();

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void eachKindIsIdentified(CallerKind kind) {
        assertThat(policy.identify(Callers.of(kind))).isInstanceOfSatisfying(Identification.Identified.class, is -> {
            assertThat(is.caller().kind()).isEqualTo(kind);
            assertThat(is.caller().purpose()).isEqualTo(kind.purpose());
        });
    }

    @Test
    void patientIsWhoTheTokenSays() {
        Caller caller = Callers.caller(Callers.patient(World.ANNA));
        assertThat(caller.patientId()).isEqualTo(World.ANNA);
        assertThat(caller.organizationId()).isNull();
        assertThat(caller.isSelf(World.ANNA)).isTrue();
        assertThat(caller.isSelf(World.BERND)).isFalse();
    }

    static Stream<Arguments> claimsThatNobodyCanDoWithout() {
        return Stream.of(CallerKind.values()).flatMap(kind -> Stream.concat(
                        Stream.of("caller_kind", "azp", "sub", "jti", "jurisdiction", "purpose_of_use", "scope"),
                        ofKind(kind).stream())
                .map(claim -> Arguments.of(kind, claim)));
    }

    private static List<String> ofKind(CallerKind kind) {
        return switch (kind) {
            case PATIENT -> List.of("patient", "fhirUser");
            case REPRESENTATIVE -> List.of("patient", "fhirUser");
            case CLINICIAN -> List.of("organization", "fhirUser");
            default -> List.of("organization");
        };
    }

    @ParameterizedTest
    @MethodSource("claimsThatNobodyCanDoWithout")
    void missingOrBlankOrOddClaimIdentifiesNobody(CallerKind kind, String claim) {
        Map<String, Object> claims = Callers.of(kind);
        assertRefused(Callers.without(claims, claim));
        assertRefused(Callers.with(claims, claim, " "));
        assertRefused(Callers.with(claims, claim, List.of("a", "b")));
        assertRefused(Callers.with(claims, claim, 7));
    }

    @Test
    void aTokenForWhichNoScopeWasAskedIdentifiesItsCallerAndCarriesNone() {
        Caller caller = Callers.caller(Callers.with(Callers.insurer(), "scope", ""));
        assertThat(caller.kind()).isEqualTo(CallerKind.INSURER);
        assertThat(caller.scopes().granted()).isEmpty();
    }

    @Test
    void claimsThatDoNotFitTheKindIdentifyNobody() {
        assertRefused(Callers.with(Callers.patient(World.ANNA), "organization", World.CLINIC));
        assertRefused(Callers.with(Callers.insurer(), "patient", World.ANNA));
        assertRefused(Callers.with(Callers.representative(World.DAUGHTER, World.ANNA), "organization", World.CLINIC));
        assertRefused(
                Callers.with(Callers.representative(World.DAUGHTER, World.ANNA), "fhirUser", "Patient/" + World.ANNA));
        assertRefused(Callers.with(Callers.patient(World.ANNA), "fhirUser", "Patient/" + World.BERND));
        assertRefused(Callers.with(Callers.clinician(World.CLINIC), "fhirUser", "Patient/" + World.ANNA));
        assertRefused(Callers.with(Callers.insurer(), "purpose_of_use", "TREAT"));
        assertRefused(Callers.with(Callers.insurer(), "caller_kind", "INSURER"));
        assertRefused(Callers.with(Callers.insurer(), "caller_kind", "owner"));
        assertRefused(Callers.with(Callers.patient(World.ANNA), "patient", "Patient/anna"));
        assertRefused(Callers.with(Callers.insurer(), "organization", "../clinic-1"));
        assertRefused(Callers.with(Callers.auditor(), "fhirUser", "Device/1"));
    }

    @Test
    void cliniciansTokenOfALaunchNamesItsPatient() {
        Map<String, Object> launched = Callers.with(Callers.clinician(World.CLINIC), "patient", World.ANNA);
        assertThat(Callers.caller(launched).patientId()).isEqualTo(World.ANNA);
        assertThat(Callers.caller(Callers.with(launched, "scope", "patient/Observation.rs"))
                        .patientId())
                .isEqualTo(World.ANNA);
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void patientScopesWithoutAPatientIdentifyNobody(CallerKind kind) {
        assertRefused(Callers.with(
                Callers.without(Callers.of(kind), "patient"), "scope", "user/*.rs patient/Observation.rs"));
    }

    @Test
    void refusalNamesTheClaimAndNotItsValue() {
        Identification refused = policy.identify(Callers.with(Callers.insurer(), "organization", "secret value"));
        assertThat(refused).isInstanceOfSatisfying(Identification.Refused.class, is -> {
            assertThat(is.deny().code()).isEqualTo(DenialCode.TOKEN_INCOMPLETE);
            assertThat(is.deny().reason()).contains("organization").doesNotContain("secret");
        });
    }

    private void assertRefused(Map<String, Object> claims) {
        assertThat(policy.identify(claims)).isInstanceOf(Identification.Refused.class);
    }
}
