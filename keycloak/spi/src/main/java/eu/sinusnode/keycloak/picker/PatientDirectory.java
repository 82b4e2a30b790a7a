package eu.sinusnode.keycloak.picker;

import eu.sinusnode.keycloak.http.FhirHttp;
import eu.sinusnode.keycloak.launch.LaunchToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The FHIR server's patients as one user may see them: asked with that user's own short token, so that care team and
 * consent decide there what is listed here, and each question is in the audit under the user's name.
 */
public final class PatientDirectory {

    private static final int LISTED = 20;

    private final String endpoint;
    private final String token;

    /**
     * @param endpoint where this machine reaches the FHIR server, such as {@code http://127.0.0.1:8080/fhir}
     * @param token an access token of the user
     */
    public PatientDirectory(String endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    /** @param name beginning of a name; empty for all */
    public PatientList list(String name) throws PatientsUnavailableException {
        String query = "/Patient?_count=" + LISTED
                + (name.isEmpty() ? "" : "&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        FhirHttp.Answer answer = get(query);
        if (answer.status() != 200) {
            throw refused(answer);
        }
        return PatientJson.list(answer.body());
    }

    /** Empty when the user may not see this patient, or there is none. */
    public Optional<ListedPatient> find(String id) throws PatientsUnavailableException {
        if (!LaunchToken.isFhirId(id) || id.chars().allMatch(letter -> letter == '.')) {
            return Optional.empty();
        }
        FhirHttp.Answer answer = get("/Patient/" + id);
        return switch (answer.status()) {
            case 200 -> PatientJson.one(answer.body(), id);
            case 403, 404, 410 -> Optional.empty();
            default -> throw refused(answer);
        };
    }

    private FhirHttp.Answer get(String path) throws PatientsUnavailableException {
        try {
            return FhirHttp.get(
                    URI.create(endpoint + path),
                    Map.of("Authorization", "Bearer " + token, "Accept", "application/fhir+json"));
        } catch (IOException e) {
            throw new PatientsUnavailableException("The FHIR server cannot be asked for patients.", e);
        }
    }

    private static PatientsUnavailableException refused(FhirHttp.Answer answer) {
        return new PatientsUnavailableException(
                "The FHIR server answered a question for patients with status " + answer.status() + ".", null);
    }
}
