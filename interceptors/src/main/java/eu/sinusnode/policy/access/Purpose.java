package eu.sinusnode.policy.access;

import java.util.Arrays;
import java.util.Optional;

/** Purposes of use: the codes of {@code http://terminology.hl7.org/CodeSystem/v3-ActReason} that SinusNode decides on. */
public enum Purpose {
    /** Treatment. */
    TREAT,
    /** Healthcare payment. */
    HPAYMT,
    /** Healthcare operations: nobody acts for it here, so that a permit for it opens nothing. */
    HOPERAT,
    /** Care management: automated analysis of a patient's readings. */
    CAREMGT,
    /** Healthcare research. */
    HRESCH,
    /** Patient request: the data subject's own access. */
    PATRQT,
    /** Patient administration: what a patient has signed at an admission desk. */
    PATADMIN,
    /** Health system administration: loading, configuration, audit. */
    HSYSADMIN;

    public static Optional<Purpose> ofCode(String code) {
        return Arrays.stream(values()).filter(p -> p.name().equals(code)).findFirst();
    }
}
