package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.manifest.Said;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.replay.InputNotThere;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks and versions for a replay over HTTP. */
class HttpReplayTest {

    private static final String NOT_FOUND = "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}";
    private static final String TASK = """
            {"resourceType": "Task", "id": "%s", "meta": {"versionId": "1"}, "status": "%s", "intent": "order",
             "code": {"coding": [{"system": "https://sinusnode.eu/fhir/CodeSystem/task-code", "code": "%s"}]},
             "focus": {"reference": "Observation/f/_history/2"}}
            """;
    private static final String VITAL = """
            {"resourceType": "Observation", "id": "o", "meta": {"versionId": "3"}, "status": "final",
             "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
             "effectiveDateTime": "2026-11-10T07:30:15.250+01:00",
             "valueQuantity": {"value": %s, "system": "http://unitsofmeasure.org", "code": "%s"}}
            """;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpReplayDesk desk(String... tasks) {
        return new HttpReplayDesk(server.fhir(FakeServer.fixedToken()), List.of(tasks));
    }

    private HttpRecordedInputs inputs() {
        return new HttpRecordedInputs(server.fhir(FakeServer.fixedToken()));
    }

    private static ReplayManifest.Vital vital(int version) {
        return new ReplayManifest.Vital("Observation/o/_history/" + version, null, "home", "");
    }

    @Test
    void namedTasksAreReadAndThoseThatAskForNoReplayAreLeftAlone() {
        server.answer("/fhir/Task/open", 200, TASK.formatted("open", "requested", "risk-replay"));
        server.answer("/fhir/Task/done", 200, TASK.formatted("done", "completed", "risk-replay"));
        server.answer("/fhir/Task/other", 200, TASK.formatted("other", "requested", "sign-off"));
        server.answer("/fhir/Task/hidden", 404, NOT_FOUND);

        List<Task> open = desk("open", "done", "other", "hidden").open();

        assertThat(open).singleElement().satisfies(task -> {
            assertThat(task.getIdElement().getIdPart()).isEqualTo("open");
            assertThat(task.getFocus().getReference()).isEqualTo("Observation/f/_history/2");
        });
    }

    /** The server is known by another address than the job asks it at, and its pages have two forms of links. */
    @Test
    void allTasksThatWaitAreFoundPageByPage() {
        String page = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[%s],\"entry\":[%s]}";
        String next = "{\"relation\":\"next\",\"url\":\"https://fhir.example.org/r4%s\"}";
        server.answer("/fhir/Task", 200, page.formatted(next.formatted("/Task?code=x&_page=mark%7Eof%7Ep"), entries(0)))
                .answer(
                        "/fhir/Task",
                        200,
                        page.formatted(next.formatted("?_getpages=abc&_getpagesoffset=200"), entries(100)))
                .answer("/fhir", 200, page.formatted("", entries(200)));

        List<Task> open = desk().open();

        assertThat(open)
                .extracting(task -> task.getIdElement().getIdPart())
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "t" + i).toList());
        assertThat(server.requests("/fhir/Task"))
                .extracting(FakeServer.Request::query)
                .last()
                .isEqualTo("code=x&_page=mark~of~p");
        assertThat(server.requests("/fhir")).singleElement().satisfies(request -> {
            assertThat(request.query()).isEqualTo("_getpages=abc&_getpagesoffset=200");
            assertThat(request.authorization()).isEqualTo("Bearer token");
        });
    }

    private static String entries(int first) {
        return IntStream.range(first, first + 100)
                .mapToObj(i -> "{\"resource\":" + TASK.formatted("t" + i, "requested", "risk-replay") + "}")
                .collect(Collectors.joining(","));
    }

    @Test
    void aFlagThatIsGoneIsEmptyAndATroubleIsNone() {
        server.answer("/fhir/Observation/f/_history/2", 410, NOT_FOUND);
        assertThat(desk().flag("Observation/f/_history/2")).isEmpty();

        server.answer("/fhir/Observation/f/_history/3", 403, NOT_FOUND);
        assertThatThrownBy(() -> desk().flag("Observation/f/_history/3")).isInstanceOf(RequestRefused.class);
    }

    /** As the server's lane converts and its stream writes: in decimals first, then as a double. */
    @Test
    void aVersionGivesTheReadingsThatTheStreamGave() throws Exception {
        server.answer("/fhir/Observation/o/_history/3", 200, VITAL.formatted("154.3", "[lb_av]"));

        List<VitalReading> readings = inputs().vitals(vital(3));

        assertThat(readings).singleElement().satisfies(reading -> {
            assertThat(reading.reference()).isEqualTo("Observation/o/_history/3");
            assertThat(reading.value()).isEqualTo(69.989302691);
            assertThat(reading.unit()).isEqualTo("kg");
            assertThat(reading.effective()).hasToString("2026-11-10T07:30:15.250+01:00");
            assertThat(reading.setting()).isEqualTo("home");
        });
        server.answer("/fhir/Observation/o/_history/4", 200, VITAL.formatted("154.4", "[lb_av]"));
        assertThat(Said.of(inputs().vitals(vital(4)))).isNotEqualTo(Said.of(readings));
        server.answer("/fhir/Observation/o/_history/5", 200, VITAL.formatted("154.3", "stone"));
        assertThat(inputs().vitals(vital(5))).isEmpty();
    }

    @Test
    void aVersionThatIsErasedOrHiddenIsNotThereAndATroubleIsNone() {
        server.answer("/fhir/Observation/o/_history/1", 404, NOT_FOUND);
        server.answer("/fhir/Observation/o/_history/2", 410, NOT_FOUND);
        server.answer("/fhir/Observation/o/_history/3", 403, NOT_FOUND);
        assertThatThrownBy(() -> inputs().vitals(vital(1))).isInstanceOf(InputNotThere.class);
        assertThatThrownBy(() -> inputs().vitals(vital(2))).isInstanceOf(InputNotThere.class);
        assertThatThrownBy(() -> inputs().vitals(vital(3))).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> inputs().facts("Binary/o/_history/3"))
                .as("a type that says nothing")
                .isInstanceOf(InputNotThere.class);
        assertThatThrownBy(() -> inputs().facts("Observation/o"))
                .as("no version")
                .isInstanceOf(InputNotThere.class);
    }

    /** The job may not read a Patient; the server gives of that version what it gave in the stream. */
    @Test
    void aVersionOfThePatientIsReadInTheFormOfTheStream() throws Exception {
        server.answer("/fhir/$risk-input", 200, """
                {"resourceType": "Patient", "id": "p", "meta": {"versionId": "3"}, "birthDate": "1960-02-01"}
                """);

        assertThat(inputs().facts("Patient/p/_history/3").born()).isEqualTo("1960-02-01");
        assertThat(server.requests("/fhir/$risk-input"))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).contains("version=Patient/p/_history/3"));
    }

    @Test
    void aPatientThatConsentClosedIsNotThere() {
        server.answer("/fhir/$risk-input", 404, NOT_FOUND);
        assertThatThrownBy(() -> inputs().facts("Patient/p/_history/3")).isInstanceOf(InputNotThere.class);
    }
}
