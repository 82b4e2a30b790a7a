package eu.sinusnode.keycloak.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenResponseMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;

/**
 * Writes the launch context (SMART App Launch 2.2, section 3.1.9.1) into access token, token response and introspection
 * answer. It belongs into the scopes {@code launch} and {@code launch/patient}, so that a token without them names no
 * patient.
 */
public final class LaunchContextMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCAccessTokenResponseMapper, TokenIntrospectionTokenMapper {

    /** The realm file's {@code protocolMapper}. */
    public static final String ID = "sinusnode-launch-context";

    private static final String PATIENT = "patient";
    private static final String ENCOUNTER = "encounter";
    private static final String NEED_PATIENT_BANNER = "need_patient_banner";

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        LaunchContext.current(context.getClientSession()).ifPresent(launch -> write(launch, token.getOtherClaims()));
        return token;
    }

    @Override
    public AccessTokenResponse transformAccessTokenResponse(
            AccessTokenResponse response,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        LaunchContext.current(context.getClientSession()).ifPresent(launch -> {
            write(launch, response.getOtherClaims());
            // Nobody promises the app that the page around it names the patient.
            response.setOtherClaims(NEED_PATIENT_BANNER, true);
        });
        return response;
    }

    /** What the token itself says, not what the session says now: another tab may have changed that since. */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken answer,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        introspected(session).ifPresent(token -> {
            for (String claim : List.of(PATIENT, ENCOUNTER)) {
                Object value = token.getOtherClaims().get(claim);
                if (value != null) {
                    answer.getOtherClaims().put(claim, value);
                }
            }
        });
        return answer;
    }

    private static Optional<AccessToken> introspected(KeycloakSession session) {
        String token =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst("token");
        @Nullable AccessToken decoded = token == null ? null : session.tokens().decode(token, AccessToken.class);
        return Optional.ofNullable(decoded);
    }

    private static void write(LaunchContext launch, Map<String, Object> claims) {
        claims.put(PATIENT, launch.patient());
        if (launch.encounter() != null) {
            claims.put(ENCOUNTER, launch.encounter());
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "SMART launch context";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "The patient that the launch was for, in access token, token response and introspection.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
