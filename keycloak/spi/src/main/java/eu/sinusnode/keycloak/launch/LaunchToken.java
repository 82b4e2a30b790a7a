package eu.sinusnode.keycloak.launch;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a verified {@code launch} says: this user starts this client for this patient.
 *
 * @param subject the user's id at the authorization server, its tokens' {@code sub}
 * @param patient plain id of the Patient
 * @param encounter plain id of the Encounter, when the portal is in one
 * @param id {@code jti}; good once
 * @param expires when it is worthless
 */
public record LaunchToken(
        String subject, String patient, @Nullable String encounter, String id, Instant expires) {

    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    /** Whether the text has the form of a FHIR resource id. */
    public static boolean isFhirId(@Nullable String text) {
        return text != null && FHIR_ID.matcher(text).matches();
    }
}
