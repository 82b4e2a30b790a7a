package eu.sinusnode.policy.consent;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a record is opened although no Consent permits it: codes of {@code http://terminology.hl7.org/CodeSystem/v3-ActReason}.
 */
public enum EmergencyReason {
    /** Emergency treatment. */
    ETREAT,
    /** Break the glass: another need of care that cannot wait for the patient's permission. */
    BTG;

    public static Optional<EmergencyReason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(code))
                .findFirst();
    }
}
