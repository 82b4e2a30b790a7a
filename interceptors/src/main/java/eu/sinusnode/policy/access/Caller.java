package eu.sinusnode.policy.access;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a verified token states it.
 *
 * @param clientId OAuth client id ({@code azp})
 * @param subject the token's {@code sub}
 * @param tokenId the token's {@code jti}, for the audit
 * @param organizationId id of the Organization the caller acts for, or null for a patient or a representative
 * @param jurisdiction ISO 3166-1 alpha-2 country of the client's registration, as the token states it
 * @param personJurisdiction country from which the person works, when the authorization server states one; else null
 * @param fhirUser {@code Practitioner/…}, {@code Patient/…} or {@code RelatedPerson/…}, or null for a system
 * @param patientId the one patient that the token's {@code patient/} scopes reach; null when it has none
 * @param authenticatedBy how the person proved a short while ago who it is: values of the claim {@code amr} (RFC 8176)
 */
public record Caller(
        CallerKind kind,
        String clientId,
        String subject,
        String tokenId,
        @Nullable String organizationId,
        String jurisdiction,
        @Nullable String personJurisdiction,
        Purpose purpose,
        @Nullable String fhirUser,
        @Nullable String patientId,
        Scopes scopes,
        Set<String> authenticatedBy) {

    /** A code, or a security key, beside the password; what {@code keycloak/realm} has them called. */
    private static final Set<String> SECOND_FACTORS = Set.of("otp", "hwk");

    public Caller {
        authenticatedBy = Set.copyOf(authenticatedBy);
    }

    /** The client, and for whom it calls: to whom belongs what a caller has started. */
    public String identity() {
        return String.join(
                "\n",
                kind.claim(),
                clientId,
                String.valueOf(organizationId),
                String.valueOf(fhirUser),
                String.valueOf(patientId));
    }

    /** The same caller with a token of other scopes. */
    public Caller with(Scopes others) {
        return new Caller(
                kind,
                clientId,
                subject,
                tokenId,
                organizationId,
                jurisdiction,
                personJurisdiction,
                purpose,
                fhirUser,
                patientId,
                others,
                authenticatedBy);
    }

    /** Whether the patient is the caller's own self. */
    public boolean isSelf(String otherPatientId) {
        return kind == CallerKind.PATIENT && otherPatientId.equals(patientId);
    }

    /** Whether the token says that a second factor was shown a short while ago. */
    public boolean hasShownSecondFactor() {
        return !Collections.disjoint(authenticatedBy, SECOND_FACTORS);
    }

    /**
     * Whom memberships link to patients: the id of the caller's Organization, of a representative's RelatedPerson; null
     * for a patient, who is linked to nobody.
     */
    public @Nullable String partyId() {
        return kind == CallerKind.REPRESENTATIVE && fhirUser != null
                ? fhirUser.substring(fhirUser.indexOf('/') + 1)
                : organizationId;
    }
}
