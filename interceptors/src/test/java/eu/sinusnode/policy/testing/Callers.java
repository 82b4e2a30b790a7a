package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.authentication.AuthenticationPolicy;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens and callers of the {@link World}; each has all the scopes of its kind unless a test takes them away. */
public final class Callers {

    private Callers() {}

    public static Map<String, Object> patient(String patientId) {
        Map<String, Object> claims = claims(CallerKind.PATIENT, null);
        claims.put("patient", patientId);
        claims.put("fhirUser", "Patient/" + patientId);
        return claims;
    }

    public static Map<String, Object> clinician(String organizationId) {
        Map<String, Object> claims = claims(CallerKind.CLINICIAN, organizationId);
        claims.put("fhirUser", "Practitioner/doctor");
        return claims;
    }

    public static Map<String, Object> clinicSystem(String organizationId) {
        return claims(CallerKind.CLINIC_SYSTEM, organizationId);
    }

    public static Map<String, Object> representative(String relatedPersonId, String patientId) {
        Map<String, Object> claims = claims(CallerKind.REPRESENTATIVE, null);
        claims.put("patient", patientId);
        claims.put("fhirUser", "RelatedPerson/" + relatedPersonId);
        return claims;
    }

    public static Map<String, Object> gateway() {
        return claims(CallerKind.DEVICE_GATEWAY, World.GATEWAY);
    }

    public static Map<String, Object> insurer() {
        return claims(CallerKind.INSURER, World.INSURER);
    }

    public static Map<String, Object> job() {
        return claims(CallerKind.ANALYSIS_JOB, World.CENTRE);
    }

    public static Map<String, Object> auditor() {
        return claims(CallerKind.AUDITOR, World.CENTRE);
    }

    public static Map<String, Object> administrator() {
        return claims(CallerKind.ADMINISTRATOR, World.CENTRE);
    }

    public static Map<String, Object> recorder(String organizationId) {
        return claims(CallerKind.CONSENT_RECORDER, organizationId);
    }

    public static Map<String, Object> of(CallerKind kind) {
        return switch (kind) {
            case PATIENT -> patient(World.ANNA);
            case REPRESENTATIVE -> representative(World.DAUGHTER, World.ANNA);
            case CLINICIAN -> clinician(World.CLINIC);
            case CLINIC_SYSTEM -> clinicSystem(World.CLINIC);
            case DEVICE_GATEWAY -> gateway();
            case INSURER -> insurer();
            case RESEARCHER -> claims(CallerKind.RESEARCHER, World.INSTITUTE);
            case ANALYSIS_JOB -> job();
            case AUDITOR -> auditor();
            case ADMINISTRATOR -> administrator();
            case CONSENT_RECORDER -> recorder(World.CLINIC);
        };
    }

    public static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    public static Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.remove(name);
        return changed;
    }

    public static Caller caller(Map<String, Object> claims) {
        Identification identification = new AuthenticationPolicy().identify(claims);
        return ((Identification.Identified) identification).caller();
    }

    private static Map<String, Object> claims(CallerKind kind, @Nullable String organizationId) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("caller_kind", kind.claim());
        claims.put("azp", kind.claim() + "-client");
        claims.put("sub", kind.claim() + "-subject");
        claims.put("jti", "token-1");
        claims.put("jurisdiction", "DE");
        claims.put("purpose_of_use", kind.purpose().name());
        claims.put("scope", "openid " + String.join(" ", AccessMatrix.standard().scopesOf(kind)));
        if (organizationId != null) {
            claims.put("organization", organizationId);
        }
        return claims;
    }
}
