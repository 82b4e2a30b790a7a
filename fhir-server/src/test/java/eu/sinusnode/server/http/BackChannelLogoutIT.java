package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.attack.ForgedLogouts;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The issuer tells the server that a session ended, and that session's tokens are refused from the next request on. */
class BackChannelLogoutIT extends RunningServer {

    private static final String ENDPOINT = ORIGIN + "/backchannel-logout";
    private static final String CLIENT = "test-auditor";

    private final String session = UUID.randomUUID().toString();
    private final ForgedLogouts logouts = new ForgedLogouts(CLIENT, session);

    @Test
    void theTokensOfASessionThatEndedAreRefusedAtOnceAndNoOthers() {
        String first = auditor(session);
        String second = auditor(session);
        String elsewhere = auditor(UUID.randomUUID().toString());
        assertThat(read(first).status()).isEqualTo(200);

        assertThat(logout(logouts.good()).status()).isEqualTo(200);

        for (String ended : new String[] {first, second}) {
            Answer answer = read(ended);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.codes()).containsExactly("SN-TOKEN-004");
        }
        assertThat(read(elsewhere).status()).isEqualTo(200);
    }

    @Test
    void aBadLogoutEndsNothingAndIsAudited() throws JOSEException {
        String token = auditor(session);
        Map<String, String> bad = logouts.bad();
        long before = audited();

        bad.forEach((what, logout) -> {
            Answer answer = logout(logout);
            assertThat(answer.status()).as(what).isEqualTo(400);
            assertThat(answer.codes()).as(what).containsExactly("SN-REQUEST-010");
            assertThat(answer.header("Cache-Control")).as(what).contains("no-store");
            assertThat(answer.header("WWW-Authenticate")).as(what).isEmpty();
        });

        assertThat(audited()).isEqualTo(before + bad.size());
        assertThat(read(token).status()).as("the session goes on").isEqualTo(200);
    }

    @Test
    void aLogoutThatComesAgainIsRefused() {
        String logout = logouts.good();
        assertThat(logout(logout).status()).isEqualTo(200);
        assertThat(logout(logout).status()).isEqualTo(400);
    }

    @Test
    void anAccessTokenIsNoLogout() {
        String token = auditor(session);
        assertThat(logout(token).status()).isEqualTo(400);
        assertThat(read(token).status()).isEqualTo(200);
    }

    @Test
    void itIsTakenAsAFormAlone() {
        String token = auditor(session);
        String form = "logout_token=" + logouts.good();
        assertThat(tell(ENDPOINT + "?" + form, "application/x-www-form-urlencoded", "")
                        .status())
                .as("in the address")
                .isEqualTo(400);
        assertThat(tell(ENDPOINT + "?x=y", "application/x-www-form-urlencoded", form)
                        .status())
                .as("beside something in the address")
                .isEqualTo(400);
        assertThat(tell(ENDPOINT, "application/json", "{\"" + form + "\"}").status())
                .as("JSON")
                .isEqualTo(400);
        assertThat(tell(ENDPOINT, "application/x-www-form-urlencoded", form + "&" + form)
                        .status())
                .as("twice")
                .isEqualTo(400);
        assertThat(get(ENDPOINT, null).status()).as("GET").isEqualTo(401);
        assertThat(get(ENDPOINT, token).status()).as("GET with a token").isEqualTo(403);
        assertThat(read(token).status()).as("the session goes on").isEqualTo(200);
    }

    private static Answer read(String token) {
        return get("/AuditEvent?_count=1", token);
    }

    private static Answer logout(String token) {
        return tell(
                ENDPOINT,
                "application/x-www-form-urlencoded",
                "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private static Answer tell(String url, String type, String body) {
        return send(request(url, null).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static String auditor(String session) {
        return TOKENS.token(CallerKind.AUDITOR, claims -> claims.claim("organization", Records.CENTRE)
                .claim("azp", CLIENT)
                .claim("sid", session));
    }

    private long audited() {
        // A search waits for what was recorded before it.
        assertThat(read(TOKENS.auditor()).status()).isEqualTo(200);
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.audit_event WHERE denial_code = 'SN-REQUEST-010'", Long.class);
        return count == null ? 0 : count;
    }
}
