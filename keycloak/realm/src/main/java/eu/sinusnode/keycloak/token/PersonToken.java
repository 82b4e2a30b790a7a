package eu.sinusnode.keycloak.token;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for a person who logs in with an app: authorization code and PKCE, by the same pages and redirects that a
 * browser goes through. Each login has cookies of its own.
 */
public final class PersonToken {

    /** The form's address in Keycloak's login page. */
    private static final Pattern LOGIN_FORM = Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"|"
            + "<form[^>]*action=\"([^\"]+)\"[^>]*id=\"kc-form-login\"");

    private static final Pattern CODE_FORM =
            Pattern.compile("<form[^>]*id=\"kc-otp-login-form\"[^>]*action=\"([^\"]+)\"|"
                    + "<form[^>]*action=\"([^\"]+)\"[^>]*id=\"kc-otp-login-form\"");

    private final Issuer issuer;
    private final String clientId;
    private final URI redirectUri;
    private final OneTimeCodes codes;
    private final @Nullable URI fhirBase;

    /** @param redirectUri one of the app's registered URIs; nothing needs to listen there */
    public PersonToken(Issuer issuer, String clientId, URI redirectUri, OneTimeCodes codes) {
        this(issuer, clientId, redirectUri, codes, null);
    }

    private PersonToken(Issuer issuer, String clientId, URI redirectUri, OneTimeCodes codes, @Nullable URI fhirBase) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
        this.codes = codes;
        this.fhirBase = fhirBase;
    }

    /** For an app of this FHIR server: each request names it, as SMART App Launch demands ({@code aud}). */
    public PersonToken forServer(URI base) {
        return new PersonToken(issuer, clientId, redirectUri, codes, base);
    }

    /**
     * @param scopes names as the realm has them; the person gets those of the own kind
     * @throws TokenException when the login or the request is refused, or there is no answer
     */
    public AccessToken login(String username, Login login, Collection<String> scopes) {
        return login(username, login, scopes, CodeChallenge.s256());
    }

    /** With a challenge made by the caller; for attacks in tests. */
    public AccessToken login(String username, Login login, Collection<String> scopes, CodeChallenge pkce) {
        return session(username, login, scopes, pkce).token();
    }

    /** A login that can be refreshed. */
    public PersonSession session(String username, Login login, Collection<String> scopes) {
        return session(username, login, scopes, CodeChallenge.s256());
    }

    /** @throws TokenException when the session has ended, or its refresh token was used before */
    public PersonSession refresh(PersonSession session) {
        return new TokenHttp(TokenHttp.client().build())
                .session(
                        issuer,
                        "client " + clientId,
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                clientId,
                                "refresh_token",
                                session.refreshToken()));
    }

    /**
     * Ends the login, as an app's own button does; the authorization server tells those who wait for it.
     *
     * @param session with a refresh token, which says whose it is
     * @throws TokenException when it had ended before, or there is no answer
     */
    public void logout(PersonSession session) {
        HttpResponse<String> answer = new TokenHttp(TokenHttp.client().build())
                .post(issuer.logoutEndpoint(), Map.of("client_id", clientId, "refresh_token", session.refreshToken()));
        if (answer.statusCode() != 204) {
            throw new TokenException(
                    "logout_refused",
                    "The authorization server did not end the session (status " + answer.statusCode() + ").");
        }
    }

    private PersonSession session(String username, Login login, Collection<String> scopes, CodeChallenge pkce) {
        TokenHttp http = new TokenHttp(
                TokenHttp.client().cookieHandler(new LoginCookies(issuer.uri())).build());
        String state = UUID.randomUUID().toString();
        HttpResponse<String> page = http.get(authorizationRequest(scopes, pkce, state));
        if (page.statusCode() >= 300 && page.statusCode() < 400) {
            throw refusedRequest(query(location(page)));
        }
        HttpResponse<String> answer = http.post(
                loginForm(page), Map.of("username", username, "password", login.password(), "credentialId", ""));
        Optional<URI> codeForm = form(CODE_FORM, answer);
        if (codeForm.isPresent()) {
            answer = secondFactor(http, codeForm.get(), username, login);
        }
        if (answer.statusCode() != 302) {
            throw new TokenException(
                    "login_refused",
                    "The login of " + username + " was refused: wrong password, unknown name, or locked for a while.");
        }
        Map<String, String> result = query(location(answer));
        String code = result.get("code");
        if (code == null) {
            throw refusedRequest(result);
        }
        if (!state.equals(result.get("state"))) {
            throw new TokenException("invalid_state", "The answer belongs to another login: its state differs.");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", clientId);
        form.put("redirect_uri", redirectUri.toString());
        form.put("code", code);
        form.put("code_verifier", pkce.verifier());
        return http.session(issuer, username, form);
    }

    private URI authorizationRequest(Collection<String> scopes, CodeChallenge pkce, String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", redirectUri.toString());
        query.put("scope", scopes.isEmpty() ? "openid" : "openid " + String.join(" ", scopes));
        query.put("state", state);
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", pkce.method());
        if (fhirBase != null) {
            query.put("aud", fhirBase.toString());
        }
        return URI.create(issuer.authorizationEndpoint() + "?" + TokenHttp.form(query));
    }

    private URI loginForm(HttpResponse<String> page) {
        return form(LOGIN_FORM, page)
                .orElseThrow(() -> new TokenException(
                        "invalid_request",
                        "The authorization server showed no login page (status " + page.statusCode()
                                + "); check client " + clientId + " and its redirect URI " + redirectUri + "."));
    }

    private HttpResponse<String> secondFactor(TokenHttp http, URI form, String username, Login login) {
        Totp totp = login.totp();
        if (totp == null) {
            throw new TokenException("second_factor_needed", "The login of " + username + " needs a second factor.");
        }
        HttpResponse<String> answer = http.post(form, Map.of("otp", codes.next(totp)));
        if (answer.statusCode() != 302) {
            throw new TokenException(
                    "second_factor_refused",
                    "The second factor of " + username + " was refused: wrong code, or one that was used before.");
        }
        return answer;
    }

    /** Where a page's form goes; empty when the answer is no such page. */
    private Optional<URI> form(Pattern pattern, HttpResponse<String> page) {
        Matcher form = pattern.matcher(page.body());
        if (page.statusCode() != 200 || !form.find()) {
            return Optional.empty();
        }
        String action = form.group(1) == null ? form.group(2) : form.group(1);
        return Optional.of(issuer.uri().resolve(action.replace("&amp;", "&")));
    }

    private TokenException refusedRequest(Map<String, String> result) {
        String error = result.getOrDefault("error", "refused");
        String why = result.getOrDefault("error_description", "it asks for one more step from the person");
        return new TokenException(
                error,
                "The authorization server refused the login with " + clientId + ": " + why + " (" + error + ").");
    }

    private URI location(HttpResponse<String> response) {
        return issuer.uri().resolve(response.headers().firstValue("Location").orElse(""));
    }

    private static Map<String, String> query(URI uri) {
        String query = uri.getRawQuery();
        if (query == null) {
            return Map.of();
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decode(pair[0]),
                        pair -> pair.length > 1 ? decode(pair[1]) : "",
                        (first, second) -> first));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
