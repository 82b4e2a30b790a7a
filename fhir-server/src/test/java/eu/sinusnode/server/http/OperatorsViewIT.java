package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorsViewIT extends RunningServer {

    @Test
    void healthIsOpenAndSaysNoMoreThanItMust() {
        for (String path :
                new String[] {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"}) {
            Answer answer = get(ORIGIN + path, null);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains("\"status\":\"UP\"").doesNotContain("jdbc");
        }
    }

    @Test
    void metricsAreTheAdministrators() {
        assertThat(get(ORIGIN + "/actuator/prometheus", TOKENS.auditor()).status())
                .isEqualTo(403);

        Answer metrics = get(ORIGIN + "/actuator/prometheus", TOKENS.loader());

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("hikaricp_connections", "jvm_memory_used_bytes", "http_server_requests");
    }
}
