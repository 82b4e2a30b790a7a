package eu.sinusnode.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchRequestTest {

    @Test
    void twoIdsAreALaunchRequest() throws LaunchRequest.Malformed {
        assertThat(parse("{\"patient\":\"a-1.b\",\"client_id\":\"chart-app\"}"))
                .isEqualTo(new LaunchRequest("a-1.b", "chart-app"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"patient\":\"a\"}",
                "{\"client_id\":\"app\"}",
                "{\"patient\":1,\"client_id\":\"app\"}",
                "{\"patient\":\"\",\"client_id\":\"app\"}",
                "{\"patient\":\"a/b\",\"client_id\":\"app\"}",
                "{\"patient\":\"a?x=y\",\"client_id\":\"app\"}",
                "{\"patient\":\"a\",\"client_id\":\"\"}",
                "{\"patient\":\"a\",\"client_id\":\"app two\"}",
                "{\"patient\":\"a\",\"client_id\":\"app\\n\"}",
                "{\"patient\":\"a\",\"client_id\":\"app\"} {}",
                "{\"patient\":\"a\",\"patient\":\"b\",\"client_id\":\"app\"}",
                "{\"patient\":\"a\",\"client_id\":\"app\",\"encounter\":\"e\"}",
                "{\"patient\":{\"patient\":{\"patient\":{\"patient\":{}}}},\"client_id\":\"app\"}"
            })
    void everythingElseIsNone(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(LaunchRequest.Malformed.class);
    }

    private static LaunchRequest parse(String body) throws LaunchRequest.Malformed {
        return LaunchRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
