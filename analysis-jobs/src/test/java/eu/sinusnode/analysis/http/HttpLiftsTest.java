package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.watch.Lift;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLiftsTest {

    private static final String PATH = "/fhir/$job-run";
    private static final String TAKEN = "{\"resourceType\":\"Parameters\"}";
    private static final Lift LIFT = new Lift(
            "a-rule 1.0.0", "2026-11-27T09:00:00Z", "Dr. Anke Vogel", "medical lead", "New cuffs are in use. ");

    private FakeServer server;
    private HttpLifts lifts;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        lifts = new HttpLifts(server.fhir(FakeServer.fixedToken()), FakeServer.quick());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoAndAsWhatAndWhyIsTold() {
        server.answer(PATH, 200, TAKEN);

        lifts.tell(LIFT, "2026-11-20T00:00:00Z");

        assertThat(told().get(0))
                .containsEntry("phase", "lift")
                .containsEntry("job", "model-watch")
                .containsEntry("model", "a-rule 1.0.0")
                .containsEntry("by", "Dr. Anke Vogel")
                .containsEntry("role", "medical lead")
                .containsEntry("reason", "New cuffs are in use.");
    }

    @Test
    void theSameDecisionOnTheSameShadowIsTheSameEvent() {
        server.answer(PATH, new FakeServer.Answer(503, "", Map.of(), -1)).answer(PATH, 200, TAKEN);
        lifts.tell(LIFT, "2026-11-20T00:00:00Z");
        lifts.tell(LIFT, "2026-12-20T00:00:00Z");

        assertThat(told()).hasSize(3);
        assertThat(told().get(1).get("run")).isEqualTo(told().get(0).get("run"));
        assertThat(told().get(2).get("run")).isNotEqualTo(told().get(0).get("run"));
    }

    @Test
    void whatIsNotTakenIsAFailure() {
        server.answer(PATH, 503, "");
        assertThatThrownBy(() -> lifts.tell(LIFT, "x")).isInstanceOf(TransientFailure.class);
    }

    private List<Map<String, String>> told() {
        return server.requests(PATH).stream()
                .map(
                        request -> FhirContext.forR4Cached()
                                .newJsonParser()
                                .parseResource(Parameters.class, request.body())
                                .getParameter()
                                .stream()
                                .collect(Collectors.toMap(
                                        Parameters.ParametersParameterComponent::getName,
                                        parameter -> parameter.getValue().primitiveValue())))
                .toList();
    }
}
