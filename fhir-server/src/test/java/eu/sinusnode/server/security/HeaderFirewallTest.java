package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** The firewall of Spring Security is the measure. */
class HeaderFirewallTest {

    @Test
    void agreesAboutEachCharacter() {
        for (int c = Character.MIN_CODE_POINT; c < 0x3000; c++) {
            agreesAbout("a" + Character.toString(c) + "b");
        }
    }

    @Test
    void agreesAboutValuesMadeByChance() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                value.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x100 : Character.MAX_CODE_POINT + 1));
            }
            agreesAbout(value.toString());
        }
    }

    private static void agreesAbout(String text) {
        assertThat(refuses(new HeaderFirewall(), "X-Any", text))
                .as("value %s", text.codePoints().boxed().toList())
                .isEqualTo(refuses(new StrictHttpFirewall(), "X-Any", text));
        assertThat(refuses(new HeaderFirewall(), "X" + text, "any"))
                .as("name %s", text.codePoints().boxed().toList())
                .isEqualTo(refuses(new StrictHttpFirewall(), "X" + text, "any"));
    }

    private static boolean refuses(StrictHttpFirewall firewall, String name, String value) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.addHeader(name, value);
        try {
            firewall.getFirewalledRequest(request).getHeader(name);
            return false;
        } catch (RequestRejectedException e) {
            return true;
        }
    }
}
