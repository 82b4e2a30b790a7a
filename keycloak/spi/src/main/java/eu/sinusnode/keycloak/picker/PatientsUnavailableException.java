package eu.sinusnode.keycloak.picker;

import org.jspecify.annotations.Nullable;

/** The FHIR server did not say which patients there are. Nobody is chosen then. */
public final class PatientsUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    PatientsUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
