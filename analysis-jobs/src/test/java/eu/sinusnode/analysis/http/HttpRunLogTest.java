package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.quality.Fault;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRunLogTest {

    private static final String PATH = "/fhir/$job-run";
    private static final String TAKEN = "{\"resourceType\":\"Parameters\"}";
    private static final String REFUSED =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"forbidden\","
                    + "\"diagnostics\":\"SN-OPERATION-001: not open\"}]}";

    private final UUID run = UUID.randomUUID();
    private FakeServer server;
    private HttpRunLog log;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        log = new HttpRunLog(server.fhir(FakeServer.fixedToken()), FakeServer.quick());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStartSaysWhichRunWithWhichModelsAndAsOfWhen() {
        server.answer(PATH, 200, TAKEN);

        log.started(run, List.of("one 1", "two 2, SHA-256 0f"), Instant.parse("2026-11-20T12:00:00Z"), 734L);

        Parameters told = told();
        assertThat(value(told, "phase")).isEqualTo("start");
        assertThat(value(told, "run")).isEqualTo(run.toString());
        assertThat(value(told, "job")).isEqualTo("risk-scoring");
        assertThat(told.getParameter())
                .filteredOn(parameter -> parameter.getName().equals("model"))
                .extracting(parameter -> parameter.getValue().primitiveValue())
                .containsExactly("one 1", "two 2, SHA-256 0f");
        assertThat(Instant.parse(value(told, "asOf"))).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(value(told, "since")).isEqualTo("734");
    }

    @Test
    void anEndSaysHowItWentAndCounts() {
        server.answer(PATH, 200, TAKEN);

        log.ended(
                run,
                false,
                new RunCounts(
                        3, 5_000_000_000L, 2, Map.of(Fault.WRONG_UNIT, 8L), new FlagChanges(1, 2, 3, 4, 5, 6, 7, 8)));

        Parameters told = told();
        assertThat(value(told, "phase")).isEqualTo("end");
        assertThat(value(told, "outcome")).isEqualTo("failed");
        assertThat(told.getParameter())
                .filteredOn(parameter -> parameter.getName().equals("count"))
                .extracting(count -> count.getPart().get(0).getValue().primitiveValue() + " "
                        + count.getPart().get(1).getValue().primitiveValue())
                .containsExactly(
                        "patients 3",
                        "readings 5000000000",
                        "series 2",
                        "leftOutNotFinal 0",
                        "leftOutWrongUnit 8",
                        "leftOutImpossibleValue 0",
                        "leftOutAfterRun 0",
                        "leftOutBeforeBirth 0",
                        "leftOutDuplicate 0",
                        "leftOutBurst 0",
                        "leftOutWeightJump 0",
                        "flagsRaised 1",
                        "flagsChanged 2",
                        "flagsUnchanged 3",
                        "flagsWithdrawn 4",
                        "notComputable 5",
                        "withheld 6",
                        "failed 7",
                        "inShadow 8");
    }

    @Test
    void whatMayNotHaveArrivedIsToldAgain() {
        server.answer(PATH, 503, "").answer(PATH, 200, TAKEN);

        log.started(run, List.of("one 1"), Instant.EPOCH, null);

        assertThat(server.requests(PATH)).hasSize(2);
        assertThat(server.requests(PATH).get(1).body())
                .isEqualTo(server.requests(PATH).get(0).body());
    }

    @Test
    void aRefusalIsNotToldAgain() {
        server.answer(PATH, 403, REFUSED);

        assertThatThrownBy(() -> log.started(run, List.of("one 1"), Instant.EPOCH, null))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("SN-OPERATION-001");
        assertThat(server.requests(PATH)).hasSize(1);
    }

    private Parameters told() {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Parameters.class, server.requests(PATH).get(0).body());
    }

    private static String value(Parameters told, String name) {
        return told.getParameterValue(name).primitiveValue();
    }
}
