package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.Totp;
import eu.sinusnode.policy.access.CallerKind;

/** Who logs in with two factors, and the one that SinusNode hands out: a time-based code. */
public final class SecondFactor {

    /** The role by which the login page knows that it must ask for the second factor. */
    static final String ROLE = "two-factors";

    private SecondFactor() {}

    /** Whoever may see more than an own record, or what others did. Patients and their representatives may add one. */
    public static boolean neededBy(CallerKind kind) {
        return switch (kind) {
            case CLINICIAN, AUDITOR, ADMINISTRATOR -> true;
            default -> false;
        };
    }

    /** What a code may look like, for the realm. */
    static void policy(ObjectNode realm) {
        realm.put("otpPolicyType", "totp")
                .put("otpPolicyAlgorithm", Totp.ALGORITHM)
                .put("otpPolicyDigits", Totp.DIGITS)
                .put("otpPolicyPeriod", Totp.PERIOD.toSeconds())
                // The code of the step before and after is taken too, for clocks that are off.
                .put("otpPolicyLookAheadWindow", 1)
                .put("otpPolicyCodeReusable", false)
                .put("webAuthnPolicyRpEntityName", "SinusNode");
    }

    /**
     * The credentials of a Keycloak user.
     *
     * @param temporary whether the person must choose an own password with the first login
     */
    public static ArrayNode credentials(Login login, boolean temporary) {
        ArrayNode credentials = Json.strings();
        credentials
                .addObject()
                .put("type", "password")
                .put("value", login.password())
                .put("temporary", temporary);
        if (login.totp() != null) {
            credentials.add(credential(login.totp()));
        }
        return credentials;
    }

    private static ObjectNode credential(Totp totp) {
        ObjectNode data = Json.object()
                .put("subType", "totp")
                .put("digits", Totp.DIGITS)
                .put("period", Totp.PERIOD.toSeconds())
                .put("algorithm", Totp.ALGORITHM)
                .put("secretEncoding", "BASE32");
        return Json.object()
                .put("type", "otp")
                .put("userLabel", "Handed out with the account")
                .put("secretData", Json.object().put("value", totp.secret()).toString())
                .put("credentialData", data.toString());
    }
}
