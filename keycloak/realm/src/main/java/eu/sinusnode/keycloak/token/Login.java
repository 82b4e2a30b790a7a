package eu.sinusnode.keycloak.token;

import org.jspecify.annotations.Nullable;

/**
 * What a person proves who they are with.
 *
 * @param totp the second factor; null for people who have none
 */
public record Login(String password, @Nullable Totp totp) {

    /** Leaves both out. */
    @Override
    public String toString() {
        return totp == null ? "Login[password]" : "Login[password, totp]";
    }
}
