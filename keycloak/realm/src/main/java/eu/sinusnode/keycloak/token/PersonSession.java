package eu.sinusnode.keycloak.token;

/**
 * A login as its app holds it.
 *
 * @param refreshToken good once; empty when none came
 */
public record PersonSession(AccessToken token, String refreshToken) {

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "PersonSession[" + token + "]";
    }
}
