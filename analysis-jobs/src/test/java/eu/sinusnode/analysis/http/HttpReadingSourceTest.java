package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpReadingSourceTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final RangeRequest FIRST = new RangeRequest(null, null, 50, null, AS_OF);
    private static final String PATIENT = "{\"kind\":\"patient\",\"patient\":\"p1\",\"withheld\":[]}\n";
    private static final String READINGS = """
            {"kind":"reading","patient":"p1","observation":"o1","version":2,"code":"8480-6","effective":"2026-10-25T02:30:00+01:00","value":141.0,"unit":"mm[Hg]","status":"final","device":"cuff","setting":"home"}
            {"kind":"reading","patient":"p1","observation":"o2","version":1,"code":"9279-1","effective":"2026-10-25T02:31:00+01:00","value":70,"unit":"/min","status":"final","device":null,"setting":null}
            """;
    private static final String RESTING = """
            {"kind":"reading","patient":"p1","observation":"o3","version":1,"code":"40443-4","effective":"2026-11-20T02:30:00+01:00","value":58,"unit":"/min","status":"final","device":"ppg","setting":"home"}
            """;
    private static final String END = "{\"kind\":\"end\",\"last\":\"p1\",\"more\":true,\"sequence\":735}\n";

    private static final String NO_SERIES = "{\"kind\":\"end\",\"last\":null,\"more\":false,\"sequence\":735}\n";

    private FakeServer server;
    private HttpReadingSource source;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
        source = new HttpReadingSource(server.fhir(FakeServer.fixedToken()));
        server.answer("/fhir/$rr-intervals", 200, NO_SERIES);
    }

    @Test
    void whatRulesAskForBesideReadingsComesInTheStream() {
        server.answer(
                "/fhir/$vital-readings",
                200,
                PATIENT + """
                {"kind":"input","patient":"p1","resource":{"resourceType":"Patient","id":"p1","meta":{"versionId":"9"},"birthDate":"1960-02-01","gender":"male"}}
                {"kind":"input","patient":"p1","resource":{"resourceType":"Condition","id":"c1","meta":{"versionId":"4"},"code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"I50.13"}]},"recordedDate":"2024-01-01"}}
                {"kind":"input","patient":"p1","resource":{"resourceType":"MedicationRequest","id":"m1","meta":{"versionId":"2"},"medicationCodeableConcept":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/atc","code":"C07AB07"}]}}}
                {"kind":"input","patient":"p1","resource":{"resourceType":"Observation","id":"l1","meta":{"versionId":"1"},"code":{"coding":[{"system":"http://loinc.org","code":"14647-2"}]},"effectiveDateTime":"2026-10-01","valueQuantity":{"value":5.4,"system":"http://unitsofmeasure.org","code":"mmol/L"}}}
                """ + RESTING + "{\"kind\":\"patient\",\"patient\":\"p2\",\"withheld\":[]}\n" + END);

        PatientRange range = source.read(FIRST);

        PatientFacts facts = range.patients().get(0).facts();
        assertThat(facts.born()).isEqualTo("1960-02-01");
        assertThat(facts.diagnoses().isRead()).isTrue();
        assertThat(facts.diagnoses().references(Diagnosis.HEART_FAILURE)).containsExactly("Condition/c1/_history/4");
        assertThat(facts.heartFailureSince()).isEqualTo("2024-01-01");
        assertThat(facts.drugs().references(DrugClass.BETA_BLOCKER)).containsExactly("MedicationRequest/m1/_history/2");
        assertThat(facts.otherReferences()).containsExactly("Observation/l1/_history/1", "Patient/p1/_history/9");
        assertThat(range.patients().get(1).facts())
                .as("of the next patient there is nothing, and that is known")
                .isEqualTo(PatientFacts.NONE);
        assertThat(server.requests("/fhir/Condition")).isEmpty();
        assertThat(server.requests("/fhir/MedicationRequest")).isEmpty();
    }

    @Test
    void whatConsentDoesNotOpenWholeIsNotTakenForNone() {
        server.answer(
                "/fhir/$vital-readings",
                200,
                "{\"kind\":\"patient\",\"patient\":\"p1\",\"withheld\":[\"Condition\",\"MedicationRequest\"]}\n"
                        + RESTING + END);

        PatientFacts facts = source.read(FIRST).patients().get(0).facts();

        assertThat(facts.diagnoses().unread()).contains("consent does not open diagnoses");
        assertThat(facts.drugs().unread()).contains("consent does not open medication");
    }

    @Test
    void anInputOfAnotherPatientIsRefused() {
        server.answer(
                "/fhir/$vital-readings",
                200,
                PATIENT + "{\"kind\":\"input\",\"patient\":\"p2\",\"resource\":{\"resourceType\":\"Patient\"}}\n"
                        + END);

        assertThatThrownBy(() -> source.read(FIRST)).hasMessageContaining("outside its patient");
    }

    @Test
    void whatTheStreamSaysIsNotThereIsNotAskedFor() {
        server.answer(
                "/fhir/$vital-readings",
                200,
                "{\"kind\":\"patient\",\"patient\":\"p1\",\"withheld\":[],\"beside\":[]}\n" + RESTING + END);

        PatientRange range = source.read(FIRST);

        assertThat(server.requests("/fhir/$rr-intervals")).isEmpty();
        assertThat(range.mayHave("p1", "risk-flag")).isFalse();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aRangeIsReadAndOnlyWhatModelsUseIsKept() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + READINGS + END);

        PatientRange range = source.read(new RangeRequest("p0", "p9", 50, 734L, AS_OF));

        assertThat(range.last()).isEqualTo("p1");
        assertThat(range.more()).isTrue();
        assertThat(range.sequence()).isEqualTo(735);
        assertThat(range.patients()).singleElement().satisfies(patient -> {
            assertThat(patient.readingCount()).isEqualTo(2);
            assertThat(patient.vitals()).singleElement().satisfies(vital -> {
                assertThat(vital.reference()).isEqualTo("Observation/o1/_history/2");
                assertThat(vital.effective()).hasToString("2026-10-25T02:30+01:00");
            });
        });
        assertThat(server.requests("/fhir/$vital-readings")).singleElement().satisfies(request -> {
            assertThat(request.query()).isEqualTo("patients=50&after=p0&through=p9&since=734");
            assertThat(request.authorization()).isEqualTo("Bearer token");
        });
    }

    @Test
    void aSequenceThatTheServerDoesNotKnowIsNoFaultOfTheRequest() {
        server.answer("/fhir/$vital-readings", 400, "{\"resourceType\":\"OperationOutcome\"}");

        assertThatThrownBy(() -> source.read(new RangeRequest(null, null, 50, 734L, AS_OF)))
                .isInstanceOf(UnknownSequence.class);
        assertThatThrownBy(() -> source.read(FIRST)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void anEmptyRangeEndsTheRun() {
        server.answer("/fhir/$vital-readings", 200, "{\"kind\":\"end\",\"last\":null,\"more\":false}\n");

        assertThat(source.read(FIRST)).satisfies(range -> {
            assertThat(range.patients()).isEmpty();
            assertThat(range.last()).isNull();
            assertThat(range.more()).isFalse();
        });
    }

    @Test
    void aStreamWithoutItsEndIsReadAgain() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + READINGS)
                .answer("/fhir/$vital-readings", 200, PATIENT + READINGS + END);

        assertThat(source.read(FIRST).patients()).hasSize(1);
        assertThat(server.requests("/fhir/$vital-readings")).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksInTheBodyIsReadAgain() {
        String whole = PATIENT + READINGS + END;
        server.answer("/fhir/$vital-readings", new FakeServer.Answer(200, whole, Map.of(), 300))
                .answer("/fhir/$vital-readings", 200, whole);

        assertThat(source.read(FIRST).patients()).hasSize(1);
        assertThat(server.requests("/fhir/$vital-readings")).hasSize(2);
    }

    @Test
    void aStreamThatIsAlwaysCutOffIsAnErrorAndNeverASmallerRange() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + READINGS);

        assertThatThrownBy(() -> source.read(FIRST))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("cut off");
        assertThat(server.requests("/fhir/$vital-readings")).hasSize(4);
    }

    @Test
    void aReadingOfAnotherPatientIsRefused() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + READINGS.replace("\"p1\"", "\"p2\"") + END);

        assertThatThrownBy(() -> source.read(FIRST)).hasMessageContaining("outside its patient");
    }

    @Test
    void aRecordingIsReadThroughItsDocumentReference() {
        recording(intervals(370, 800), 370, "ms");

        PatientReadings patient = patient();

        assertThat(patient.refused()).isEmpty();
        assertThat(patient.series()).singleElement().satisfies(series -> {
            assertThat(series.intervals()).hasSize(370).containsOnly(800);
            assertThat(series.reference()).isEqualTo("Observation/rr/_history/3");
            assertThat(series.sources()).containsExactly("DocumentReference/doc/_history/1", "Binary/bin/_history/1");
            assertThat(series.start()).hasToString("2026-11-10T08:00+01:00");
        });
        assertThat(server.requests("/fhir/$rr-intervals")).last().satisfies(request -> assertThat(request.query())
                .isEqualTo("patient=p1&newest=40&until=2026-11-20T12:00:00Z"));
    }

    @Test
    void averagedHeartRatesAreRefused() {
        recording(intervals(60, 800), 60, "ms");

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("averaged heart rates"));
    }

    @Test
    void whatIsNotInMillisecondsIsRefused() {
        recording(intervals(370, 75), 370, "/min");

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("no intervals in ms"));
    }

    @Test
    void aRecordingThatStatesAnotherNumberOfBeatsIsRefused() {
        recording(intervals(370, 800), 340, "ms");

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("another number"));
    }

    @Test
    void damagedIntervalsAreRefused() {
        recording(intervals(370, 800), 370, "ms");
        server.answer(
                "/fhir/$rr-intervals",
                200,
                stream(
                        observation(370),
                        document(content(intervals(370, 800), "ms")),
                        binary(content(intervals(371, 799), "ms"))));
        source.read(FIRST);

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("hash"));
    }

    @Test
    void aHiddenBinaryIsSaidToBeWithheld() {
        recording(intervals(370, 800), 370, "ms");
        server.answer(
                "/fhir/$rr-intervals",
                200,
                stream(observation(370), document(content(intervals(370, 800), "ms")), null));
        source.read(FIRST);

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("withheld or not there"));
    }

    @Test
    void aHiddenDocumentReferenceIsSaidToBeWithheldAndOneThatIsNotNamedToo() {
        recording(intervals(370, 800), 370, "ms");
        server.answer("/fhir/$rr-intervals", 200, stream(observation(370), null, null));
        source.read(FIRST);

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .isEqualTo("its DocumentReference is withheld or not there"));

        server.answer("/fhir/$rr-intervals", 200, stream(observation(370).setDerivedFrom(null), null, null));
        source.read(FIRST);

        assertThat(patient().refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .isEqualTo("it names no DocumentReference"));
    }

    @Test
    void whatIsNotFinalIsNeitherUsedNorRefused() {
        recording(intervals(370, 800), 370, "ms");
        byte[] content = content(intervals(370, 800), "ms");
        server.answer(
                "/fhir/$rr-intervals",
                200,
                stream(
                        observation(370).setStatus(Observation.ObservationStatus.PRELIMINARY),
                        document(content),
                        binary(content)));
        source.read(FIRST);

        assertThat(patient().series()).isEmpty();
        assertThat(patient().refused()).isEmpty();
    }

    @Test
    void aStreamOfSeriesWithoutItsEndIsReadAgainAndOneThatIsAlwaysCutOffIsAnError() {
        recording(intervals(370, 800), 370, "ms");
        byte[] content = content(intervals(370, 800), "ms");
        String whole = stream(observation(370), document(content), binary(content));
        server.answer("/fhir/$rr-intervals", 200, whole.substring(0, whole.length() - NO_SERIES.length()))
                .answer("/fhir/$rr-intervals", new FakeServer.Answer(200, whole, Map.of(), 700))
                .answer("/fhir/$rr-intervals", 200, whole);
        source.read(FIRST);

        assertThat(patient().series()).hasSize(1);

        server.answer("/fhir/$rr-intervals", 200, whole.substring(0, whole.length() - NO_SERIES.length()));
        source.read(FIRST);

        assertThatThrownBy(() -> source.read(FIRST))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aSeriesOutsideItsPatientIsRefused() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + END)
                .answer(
                        "/fhir/$rr-intervals",
                        200,
                        stream(observation(370), null, null)
                                .replace("\"series\",\"patient\":\"p1\"", "\"series\",\"patient\":\"p2\""));
        source.read(FIRST);

        assertThatThrownBy(() -> source.read(FIRST)).hasMessageContaining("outside its patient");
    }

    @Test
    void recordingsOfManyPatientsComeInAFewStreams() {
        String many = IntStream.range(0, 120)
                .mapToObj(i -> PATIENT.replace("p1", "q" + i))
                .collect(Collectors.joining());
        server.answer("/fhir/$vital-readings", 200, many + END);

        assertThat(source.read(FIRST).patients()).hasSize(120);

        assertThat(server.requests("/fhir/$rr-intervals"))
                .extracting(request -> request.query().split(",").length)
                .containsExactly(50, 50, 20);
    }

    /** The server ends the stream of a token that has run out; the next request with it is refused. */
    @Test
    void aTokenThatEndsInTheMiddleOfAStreamIsRenewedAndNoSeriesIsLostOrDoubled() {
        List<String> patients =
                IntStream.range(0, 120).mapToObj(i -> "q%03d".formatted(i)).toList();
        RenewedTokens tokens = new RenewedTokens();
        source = new HttpReadingSource(server.fhir(tokens));
        server.answer(
                "/fhir/$vital-readings",
                200,
                patients.stream().map(id -> PATIENT.replace("p1", id)).collect(Collectors.joining()) + END);
        String second = streamOf(patients.subList(50, 100));
        int middle = second.indexOf("\"patient\":\"q075\"") + 400;
        server.answer("/fhir/$rr-intervals", 200, streamOf(patients.subList(0, 50)))
                .answer("/fhir/$rr-intervals", new FakeServer.Answer(200, second, Map.of(), middle))
                .answer("/fhir/$rr-intervals", 401, "")
                .answer("/fhir/$rr-intervals", 200, second)
                .answer("/fhir/$rr-intervals", 200, streamOf(patients.subList(100, 120)));
        // The first answer is the stream without series that every test begins with.
        server.fhir(FakeServer.fixedToken()).get("$rr-intervals", "application/fhir+ndjson", RrIntervalLines::read);

        List<PatientReadings> read = source.read(FIRST).patients();

        assertThat(read).extracting(PatientReadings::patient).isEqualTo(patients);
        assertThat(read)
                .allSatisfy(one -> assertThat(one.series()).singleElement().satisfies(series -> assertThat(
                                series.reference())
                        .isEqualTo("Observation/rr-" + one.patient() + "/_history/3")));
        assertThat(server.requests("/fhir/$rr-intervals").stream().skip(1))
                .extracting(FakeServer.Request::authorization)
                .containsExactly(
                        "Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2");
        assertThat(server.requests("/fhir/$rr-intervals").stream().skip(2).limit(3))
                .as("the same patients again, and no others")
                .extracting(FakeServer.Request::query)
                .containsOnly(server.requests("/fhir/$rr-intervals").get(2).query());
        assertThat(tokens.number).isEqualTo(2);
    }

    @Test
    void aTokenThatIsRefusedAgainAfterItWasRenewedEndsTheRange() {
        server.answer("/fhir/$vital-readings", 200, PATIENT + END).answer("/fhir/$rr-intervals", 401, "");
        source = new HttpReadingSource(server.fhir(new RenewedTokens()));
        source.read(FIRST);

        assertThatThrownBy(() -> source.read(FIRST))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> assertThat(refused.status())
                        .isEqualTo(401));
    }

    /** A new one for each that is discarded. */
    private static final class RenewedTokens implements AccessTokens {

        private int number = 1;

        @Override
        public String current() {
            return "token-" + number;
        }

        @Override
        public void discard(String token) {
            number++;
        }
    }

    private static String streamOf(List<String> patients) {
        byte[] content = content(intervals(370, 800), "ms");
        String one = stream(observation(370), document(content), binary(content));
        String lines = one.substring(0, one.length() - NO_SERIES.length());
        return patients.stream()
                        .map(id -> lines.replace("\"p1\"", '"' + id + '"')
                                .replace("\"id\":\"rr\"", "\"id\":\"rr-" + id + '"'))
                        .collect(Collectors.joining())
                + NO_SERIES;
    }

    @Test
    void recordingsThatConsentWithholdsAreNotAskedFor() {
        server.answer(
                "/fhir/$vital-readings",
                200,
                PATIENT.replace("[]", "[\"rr-interval-series\"]")
                        + "{\"kind\":\"end\",\"last\":\"p1\",\"more\":false}\n");

        assertThat(source.read(FIRST).patients()).singleElement().satisfies(patient -> assertThat(patient.withheld())
                .containsExactly("rr-interval-series"));
        assertThat(server.requests("/fhir/$rr-intervals")).isEmpty();
    }

    private PatientReadings patient() {
        return source.read(FIRST).patients().get(0);
    }

    private void recording(int[] intervals, int statedBeats, String unit) {
        byte[] content = content(intervals, unit);
        server.answer("/fhir/$vital-readings", 200, PATIENT + END)
                .answer(
                        "/fhir/$rr-intervals",
                        200,
                        stream(observation(statedBeats), document(content), binary(content)));
        // The first answer is the stream without series that every test begins with.
        source.read(FIRST);
    }

    private static String stream(
            Observation observation, @Nullable DocumentReference document, @Nullable Binary content) {
        return PATIENT
                + "{\"kind\":\"series\",\"patient\":\"p1\",\"observation\":%s,\"document\":%s,\"content\":%s}\n"
                        .formatted(json(observation), json(document), json(content))
                + NO_SERIES;
    }

    private static Observation observation(int statedBeats) {
        Observation observation = new Observation();
        observation.setId("rr");
        observation.getMeta().setVersionId("3");
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-11-10T08:00:00+01:00"))
                .setEndElement(new DateTimeType("2026-11-10T08:05:00+01:00")));
        observation.addDerivedFrom(new Reference("DocumentReference/doc"));
        observation
                .addComponent()
                .setValue(new Quantity(statedBeats))
                .getCode()
                .addCoding()
                .setSystem(Canonicals.OBSERVATION_CODES)
                .setCode(Codes.BEAT_COUNT);
        return observation;
    }

    private static DocumentReference document(byte[] content) {
        DocumentReference document = new DocumentReference();
        document.setId("doc");
        document.getMeta().setVersionId("1");
        document.addContent().getAttachment().setUrl("Binary/bin").setHash(sha1(content));
        return document;
    }

    private static Binary binary(byte[] content) {
        Binary binary = new Binary();
        binary.setId("bin");
        binary.getMeta().setVersionId("1");
        binary.setContentType("application/json").setData(content);
        return binary;
    }

    private static byte[] content(int[] intervals, String unit) {
        String list = Arrays.stream(intervals).mapToObj(String::valueOf).collect(Collectors.joining(","));
        return "{\"unit\":\"%s\",\"intervals\":[%s]}".formatted(unit, list).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha1(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int[] intervals(int count, int interval) {
        int[] intervals = new int[count];
        Arrays.fill(intervals, interval);
        return intervals;
    }

    private static String json(@Nullable Resource resource) {
        return resource == null
                ? "null"
                : FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }
}
