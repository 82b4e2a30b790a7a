package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.EmergencyReason;
import org.jspecify.annotations.Nullable;

/**
 * Who called, as the audit keeps it: ids and codes only.
 *
 * @param kind value of the token's {@code caller_kind} claim, or null when it is not known, as at a login
 * @param clientId OAuth client id
 * @param subject subject at the issuer: the person, or the client's service account
 * @param tokenId {@code jti} of the access token
 * @param organizationId Organization that the caller acts for
 * @param purpose code of {@code http://terminology.hl7.org/CodeSystem/v3-ActReason}
 * @param fhirUser {@code Practitioner/…}, {@code Patient/…} or {@code RelatedPerson/…}; null for a system
 * @param patientId the one patient the token reaches
 */
public record AuditedCaller(
        @Nullable String kind,
        String clientId,
        String subject,
        @Nullable String tokenId,
        @Nullable String organizationId,
        @Nullable String purpose,
        @Nullable String fhirUser,
        @Nullable String patientId) {

    /** For what the server does of its own accord. */
    public static AuditedCaller server() {
        return new AuditedCaller(null, "sinusnode-server", "sinusnode-server", null, null, null, null, null);
    }

    /** The same caller, for another purpose than its usual one. */
    AuditedCaller in(EmergencyReason reason) {
        return new AuditedCaller(kind, clientId, subject, tokenId, organizationId, reason.name(), fhirUser, patientId);
    }

    public static AuditedCaller of(Caller caller) {
        return new AuditedCaller(
                caller.kind().claim(),
                caller.clientId(),
                caller.subject(),
                caller.tokenId(),
                caller.organizationId(),
                caller.purpose().name(),
                caller.fhirUser(),
                caller.patientId());
    }
}
