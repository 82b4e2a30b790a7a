package eu.sinusnode.keycloak.realm;

import java.util.List;

/** What Keycloak keeps of logins and tokens, so that the FHIR server can take it over into the audit store. */
final class RealmEvents {

    /** Names of Keycloak's own {@code EventType}. */
    static final List<String> STORED = List.of(
            "LOGIN",
            "LOGIN_ERROR",
            "LOGOUT",
            "LOGOUT_ERROR",
            "CODE_TO_TOKEN",
            "CODE_TO_TOKEN_ERROR",
            "REFRESH_TOKEN",
            "REFRESH_TOKEN_ERROR",
            "INTROSPECT_TOKEN_ERROR",
            "CLIENT_REGISTER_ERROR",
            "REVOKE_GRANT",
            "REVOKE_GRANT_ERROR",
            "CLIENT_LOGIN",
            "CLIENT_LOGIN_ERROR",
            "UPDATE_PROFILE",
            "UPDATE_PROFILE_ERROR",
            "UPDATE_PASSWORD",
            "UPDATE_PASSWORD_ERROR",
            "UPDATE_TOTP",
            "UPDATE_TOTP_ERROR",
            "REMOVE_TOTP",
            "REMOVE_TOTP_ERROR",
            "UPDATE_CREDENTIAL",
            "UPDATE_CREDENTIAL_ERROR",
            "REMOVE_CREDENTIAL",
            "REMOVE_CREDENTIAL_ERROR",
            "USER_DISABLED_BY_TEMPORARY_LOCKOUT",
            "USER_DISABLED_BY_PERMANENT_LOCKOUT");

    private RealmEvents() {}
}
