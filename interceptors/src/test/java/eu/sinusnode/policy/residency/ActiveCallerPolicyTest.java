package eu.sinusnode.policy.residency;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.testing.Callers;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActiveCallerPolicyTest {

    private final ActiveCallerPolicy policy = new ActiveCallerPolicy();

    @ParameterizedTest
    @CsvSource({
        "PATIENT,        true,  true",
        "REPRESENTATIVE, true,  true",
        "CLINICIAN,      false, false",
        "CLINIC_SYSTEM,  true,  false",
        "DEVICE_GATEWAY, true,  false",
        "INSURER,        true,  false",
        "ANALYSIS_JOB,   true,  false",
        "AUDITOR,        true,  false",
        "ADMINISTRATOR,  true,  true"
    })
    void anInactivePersonOrOrganizationIsWorthAsMuchAsNone(
            CallerKind kind, boolean permittedWithoutPractitioner, boolean permittedWithInactiveOrganization) {
        assertThat(isPermitted(kind, true, true)).as("all active").isTrue();
        assertThat(isPermitted(kind, true, false)).as("no active Practitioner").isEqualTo(permittedWithoutPractitioner);
        assertThat(isPermitted(kind, false, true))
                .as("an inactive Organization")
                .isEqualTo(permittedWithInactiveOrganization);
        assertThat(isPermitted(kind, false, false))
                .as("neither")
                .isEqualTo(permittedWithoutPractitioner && permittedWithInactiveOrganization);
    }

    @ParameterizedTest
    @EnumSource(
            value = CallerKind.class,
            names = {"CLINICIAN", "INSURER"})
    void theReasonNamesTheRecordThatIsInactive(CallerKind kind) {
        Caller caller = Callers.caller(Callers.of(kind));
        assertThat(policy.decide(caller, organization(caller, false), true))
                .isEqualTo(new Decision.Deny(
                        DenialCode.CALLER_INACTIVE, "organization " + caller.organizationId() + " is inactive"));
    }

    private boolean isPermitted(CallerKind kind, boolean organizationActive, boolean practitionerActive) {
        Caller caller = Callers.caller(Callers.of(kind));
        return policy.decide(caller, organization(caller, organizationActive), practitionerActive)
                instanceof Decision.Permit;
    }

    private static Optional<RegisteredOrganization> organization(Caller caller, boolean active) {
        return Optional.ofNullable(caller.organizationId()).map(id -> new RegisteredOrganization(id, "DE", active));
    }
}
