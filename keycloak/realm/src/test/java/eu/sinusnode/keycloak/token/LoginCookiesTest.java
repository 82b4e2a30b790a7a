package eu.sinusnode.keycloak.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginCookiesTest {

    private static final URI SERVER = URI.create("http://127.0.0.1:8081/realms/sinusnode");

    private final LoginCookies cookies = new LoginCookies(SERVER);

    @Test
    void secureCookiesGoBackToALoopbackServer() {
        set(SERVER, "A=1;Version=1;Path=/realms/sinusnode/;Secure;HttpOnly", "B=\"x==\";Max-Age=60");
        assertThat(cookies.get(SERVER, Map.of())).containsEntry("Cookie", List.of("A=1; B=\"x==\""));
    }

    @Test
    void noOtherServerSeesOrSetsThem() {
        set(SERVER, "A=1");
        URI other = URI.create("http://127.0.0.1:8765/callback");
        set(other, "A=2");
        assertThat(cookies.get(other, Map.of())).isEmpty();
        assertThat(cookies.get(SERVER, Map.of())).containsEntry("Cookie", List.of("A=1"));
    }

    @Test
    void aServerElsewhereGetsThemOverTlsOnly() {
        LoginCookies remote = new LoginCookies(URI.create("http://login.example/realms/sinusnode"));
        remote.put(URI.create("http://login.example/"), Map.of("set-cookie", List.of("A=1")));
        assertThat(remote.get(URI.create("http://login.example/"), Map.of())).isEmpty();
    }

    @Test
    void aCookieCanBeReplacedAndTakenBack() {
        set(SERVER, "A=1", "B=1");
        set(SERVER, "A=2", "B=;Max-Age=0;Path=/");
        assertThat(cookies.get(SERVER, Map.of())).containsEntry("Cookie", List.of("A=2"));
    }

    private void set(URI from, String... values) {
        cookies.put(from, Map.of("Set-Cookie", List.of(values)));
    }
}
