package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code $rr-intervals} on the real server. */
class RrIntervalsIT extends RunningServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static int patients;

    @Autowired
    private HikariDataSource dataSource;

    @Autowired
    private PermitDirectory permits;

    @Autowired
    private StoredRecords records;

    @BeforeEach
    void world() {
        WalkWorld.load();
    }

    private static String name() {
        return "rr-" + patients++;
    }

    /** A patient who permits the clinic, the insurer and the analysis everything. */
    private static String patient(String name) {
        load(Records.household(name));
        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent"), Records.id(name))));
        return Records.id(name);
    }

    /** Recorded for five minutes, from eight o'clock in UTC on that day of June; a beat of {@code 800 + day} ms each. */
    private static String series(String name, int day) {
        String patient = Records.id(name);
        String key = name + "-" + day;
        byte[] content = content(day);
        Binary binary = new Binary().setContentType("application/json").setData(content);
        binary.setSecurityContext(new Reference("Patient/" + patient));
        binary.setId(Records.id(key + "-binary"));
        DocumentReference document = new DocumentReference();
        document.setId(Records.id(key + "-document"));
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setType(series());
        document.setSubject(new Reference("Patient/" + patient));
        document.addContent()
                .getAttachment()
                .setContentType("application/json")
                .setUrl("Binary/" + Records.id(key + "-binary"));
        Observation observation = new Observation();
        observation.setId(Records.id(key + "-series"));
        observation.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue(key);
        observation.setStatus(ObservationStatus.FINAL);
        observation.addCategory().addCoding(new Coding(Codes.OBSERVATION_CATEGORY, "procedure", null));
        observation.setCode(series());
        observation.setSubject(new Reference("Patient/" + patient));
        observation.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-06-%02dT08:00:00Z".formatted(day)))
                .setEndElement(new DateTimeType("2026-06-%02dT08:05:00Z".formatted(day))));
        observation.setDevice(new Reference("Device/" + Records.id(name + "-cuff")));
        observation.addDerivedFrom(new Reference("DocumentReference/" + Records.id(key + "-document")));
        component(observation, Canonicals.OBSERVATION_CODES, Codes.BEAT_COUNT, 370, "{beats}");
        component(observation, Canonicals.OBSERVATION_CODES, Codes.MEAN_RR, 800 + day, "ms");
        component(observation, Codes.LOINC, Codes.SDNN, 0, "ms");
        component(observation, Canonicals.OBSERVATION_CODES, Codes.RMSSD, 0, "ms");
        load(Records.transaction(binary, document, observation));
        return observation.getIdElement().getIdPart();
    }

    private static void component(Observation observation, String system, String code, int value, String unit) {
        observation
                .addComponent()
                .setCode(new CodeableConcept(new Coding(system, code, null)))
                .setValue(new Quantity().setValue(value).setSystem(Codes.UCUM).setCode(unit));
    }

    private static CodeableConcept series() {
        return new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES, null));
    }

    private static byte[] content(int day) {
        return ("{\"unit\":\"ms\",\"intervals\":["
                        + IntStream.generate(() -> 800 + day)
                                .limit(370)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(","))
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> stream(String query) {
        Answer answer = get("/$rr-intervals?" + query, TOKENS.job());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/fhir+ndjson");
        List<JsonNode> lines =
                answer.body().lines().map(RrIntervalsIT::json).collect(Collectors.toCollection(ArrayList::new));
        assertThat(lines.get(lines.size() - 1).path("kind").asText()).isEqualTo("end");
        return lines;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("series"))
                .map(line -> line.path("observation").path("id").asText())
                .toList();
    }

    private static JsonNode end(List<JsonNode> lines) {
        return lines.get(lines.size() - 1);
    }

    @Test
    void theIntervalsAreThoseOfTheStoredRecordsTheNewestFirst() {
        String name = name();
        String patient = patient(name);
        List<String> stored =
                IntStream.of(3, 1, 2).mapToObj(day -> series(name, day)).toList();

        Answer answer = get("/$rr-intervals?patient=" + patient, TOKENS.job());
        List<JsonNode> lines = answer.body().lines().map(RrIntervalsIT::json).toList();

        assertThat(ids(lines)).containsExactly(stored.get(0), stored.get(2), stored.get(1));
        assertThat(lines.get(0).path("withheld")).isEmpty();
        for (JsonNode line : lines.subList(1, 4)) {
            for (String part : List.of("observation", "document", "content")) {
                String type = line.path(part).path("resourceType").asText();
                String path = "/" + type + "/" + line.path(part).path("id").asText();
                // Without it, a Binary is answered as what it holds.
                Resource read = send(request(path, TOKENS.job())
                                .header("Accept", "application/fhir+json")
                                .GET())
                        .resource();
                assertThat(FhirContext.forR4Cached()
                                .newJsonParser()
                                .parseResource(line.path(part).toString())
                                .getIdElement()
                                .getIdPart())
                        .isEqualTo(read.getIdElement().getIdPart());
                assertThat(((Resource) FhirContext.forR4Cached()
                                        .newJsonParser()
                                        .parseResource(line.path(part).toString()))
                                .equalsDeep(read))
                        .as(part)
                        .isTrue();
            }
        }
        assertThat(Arrays.equals(
                        FhirContext.forR4Cached()
                                .newJsonParser()
                                .parseResource(
                                        Binary.class,
                                        lines.get(1).path("content").toString())
                                .getData(),
                        content(3)))
                .isTrue();
        // One event an answer, and found by each patient whose series it gave.
        assertThat(Audited.by(answer)).singleElement().satisfies(event -> {
            assertThat(Audited.query(event))
                    .contains("/$rr-intervals?patient=~")
                    .doesNotContain(patient);
            assertThat(get("/AuditEvent?patient=" + patient + "&_count=100", TOKENS.auditor())
                            .bundle()
                            .getEntry())
                    .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                    .contains(event.getIdElement().getIdPart());
        });
    }

    @Test
    void asManyAsAskedForAndNoneThatBeganLater() {
        String name = name();
        String patient = patient(name);
        List<String> stored =
                IntStream.rangeClosed(1, 25).mapToObj(day -> series(name, day)).toList();

        assertThat(ids(stream("patient=" + patient))).hasSize(25).doesNotHaveDuplicates();
        assertThat(ids(stream("patient=" + patient + "&newest=2"))).containsExactly(stored.get(24), stored.get(23));
        assertThat(ids(stream("patient=" + patient + "&newest=1&until=2026-06-07T08:00:00Z")))
                .containsExactly(stored.get(6));
        assertThat(ids(stream("patient=" + patient + "&until=2026-06-01T07:59:59Z")))
                .isEmpty();
    }

    @Test
    void rangesOfAnySizeMissAndDoubleNothing() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = name();
            patient(name);
            expected.add(series(name, 1));
            expected.add(series(name, 2));
        }
        // Others of this server permit it, too, and more than one range may hold.
        List<String> whole = ids(inRangesOf(200));
        assertThat(whole).containsAll(expected).doesNotHaveDuplicates();

        for (int size : List.of(1, 2, 7)) {
            assertThat(ids(inRangesOf(size))).as("ranges of %d", size).containsExactlyElementsOf(whole);
        }
        String middle = end(stream("patients=2")).path("last").asText();
        assertThat(ids(stream("through=" + middle))).isEqualTo(ids(stream("patients=2")));
    }

    private static List<JsonNode> inRangesOf(int patients) {
        List<JsonNode> found = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            List<JsonNode> lines = stream("patients=" + patients + after);
            found.addAll(lines);
            more = end(lines).path("more").asBoolean();
            after = "&after=" + end(lines).path("last").asText();
        }
        return found;
    }

    @Test
    void sinceASequenceThereIsWhatHasChangedAndNothingElse() {
        String quiet = name();
        String busy = name();
        patient(quiet);
        patient(busy);
        series(quiet, 1);
        series(busy, 1);
        long sequence = sequenceBehind(Records.id(quiet + "-1-series"), Records.id(busy + "-1-series"));
        String next = series(busy, 2);

        assertThat(ids(stream("since=" + sequence))).contains(next).doesNotContain(Records.id(quiet + "-1-series"));
        sequenceBehind(next);
        assertThat(get("/$rr-intervals?since=9223372036854775807", TOKENS.job()).status())
                .isEqualTo(400);
    }

    /** As long as an older transaction is open anywhere, what is stored comes again: once too often, and never missed. */
    private static long sequenceBehind(String... series) {
        Instant patience = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(patience)) {
            long sequence = end(stream("patients=0")).path("sequence").asLong();
            if (ids(stream("since=" + sequence)).stream()
                    .noneMatch(id -> Arrays.asList(series).contains(id))) {
                return sequence;
            }
        }
        throw new AssertionError("what was stored comes again and again");
    }

    @Test
    void whoPermitsNothingWithdrawsOrIsRestrictedIsNeverInIt() {
        String hidden = name();
        load(Records.household(hidden));
        series(hidden, 1);
        String withdrawn = name();
        patient(withdrawn);
        series(withdrawn, 1);
        String restricted = name();
        patient(restricted);
        series(restricted, 1);
        String named = "patient="
                + String.join(
                        ",", Records.id(hidden), Records.id(withdrawn), Records.id(restricted), Records.id("nobody"));
        assertThat(ids(stream(named))).hasSize(2);

        withdraw(withdrawn);
        Parameters restriction = new Parameters();
        restriction.addParameter("patient", new Reference("Patient/" + Records.id(restricted)));
        restriction.addParameter("ground", new CodeType("accuracy-contested"));
        Answer set = post("/Patient/" + Records.id(restricted) + "/$restrict", TOKENS.loader(), restriction);
        assertThat(set.status()).as(set.body()).isEqualTo(200);

        assertThat(stream(named))
                .singleElement()
                .satisfies(end -> assertThat(end.path("kind").asText()).isEqualTo("end"));
        String all = inRangesOf(200).toString();
        for (String one : List.of(hidden, withdrawn, restricted)) {
            assertThat(all).doesNotContain(Records.id(one));
        }
    }

    @Test
    void whatASingleRuleWithholdsDoesNotLeaveAndIsNamed() {
        String name = name();
        String patient = Records.id(name);
        load(Records.household(name));
        Consent consent = WalkWorld.consent(Records.id(name + "-consent"), patient);
        Consents.permit(consent, Records.CENTRE, Purpose.CAREMGT)
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding("http://hl7.org/fhir/resource-types", "Binary", null));
        load(Records.transaction(consent));
        String series = series(name, 1);

        List<JsonNode> lines = stream("patient=" + patient);

        assertThat(lines.get(0).path("withheld")).hasSize(1);
        assertThat(lines.get(0).path("withheld").get(0).asText()).isEqualTo("Binary");
        assertThat(lines.get(1).path("observation").path("id").asText()).isEqualTo(series);
        assertThat(lines.get(1).path("document").isObject()).isTrue();
        assertThat(lines.get(1).path("content").isNull()).isTrue();
    }

    @Test
    void whatIsErasedOrEnteredInErrorIsGone() {
        String name = name();
        String patient = patient(name);
        String wrong = series(name, 1);
        String right = series(name, 2);
        Observation entered = (Observation)
                get("/Observation/" + wrong, TOKENS.patient(patient)).resource();
        entered.setStatus(ObservationStatus.ENTEREDINERROR);
        load(Records.transaction(entered));
        assertThat(ids(stream("patient=" + patient))).containsExactly(right);

        Parameters erasure = new Parameters();
        erasure.addParameter("patient", new Reference("Patient/" + patient));
        erasure.addParameter("reason", new CodeType("objection"));
        Answer erased = post("/Patient/" + patient + "/$erase", TOKENS.loader(), erasure);
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);

        assertThat(stream("patient=" + patient)).hasSize(1);
        assertThat(inRangesOf(200).toString()).doesNotContain(patient);
    }

    /** The stream comes to a second patient who has withdrawn since it began. */
    @Test
    void whoWithdrawsWhileItStreamsIsLeftOut() throws Exception {
        String one = name();
        String other = name();
        TreeSet<String> named = new TreeSet<>(List.of(patient(one), patient(other)));
        series(one, 1);
        series(other, 1);
        String second = named.last().equals(Records.id(one)) ? one : other;
        List<String> told = new ArrayList<>();
        IntervalSink withdrawing = new IntervalSink() {
            @Override
            public void begin(Collection<String> patients) {
                assertThat(patients).containsExactlyElementsOf(named);
            }

            @Override
            public void patient(String patientId, List<String> withheld) {
                withdraw(second);
                told.add(patientId);
            }

            @Override
            public void series(
                    String patientId,
                    Observation series,
                    @Nullable DocumentReference document,
                    @Nullable Binary content) {
                told.add(series.getIdElement().getIdPart());
            }

            @Override
            public void end(@Nullable String last, boolean more, long sequence) {
                told.add("end");
            }
        };
        ReadingRange range = new ReadingRange(
                Records.CENTRE, Purpose.CAREMGT, Relationship.NONE_NEEDED, null, null, 100, null, Instant.now());

        new RrIntervalCursor(dataSource, permits, records, Clock.systemUTC())
                .read(new IntervalRange(range, named, null, null), new Literal(), withdrawing);

        String first = second.equals(one) ? other : one;
        assertThat(told).containsExactly(Records.id(first), Records.id(first + "-1-series"), "end");
    }

    private record Literal() implements References {
        @Override
        public Optional<String> canonical(String reference) {
            return Optional.of(reference);
        }

        @Override
        public Optional<Resource> find(String canonical) {
            return Optional.empty();
        }
    }

    private static void withdraw(String name) {
        String token = TOKENS.patient(Records.id(name));
        Consent consent = (Consent)
                get("/Consent/" + Records.id(name + "-consent"), token).resource();
        consent.setStatus(Consent.ConsentState.INACTIVE);
        Answer answer = put("/Consent/" + consent.getIdElement().getIdPart(), token, consent);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient=patient-1",
                "patient=,",
                "patient=00000000-0000-4000-8000-000000000000'--",
                "patient=00000000-0000-4000-8000-000000000000&after=00000000-0000-4000-8000-000000000000",
                "patient=00000000-0000-4000-8000-000000000000&patients=1",
                "after=x",
                "through=x",
                "patients=201",
                "since=-1",
                "newest=-1",
                "newest=101",
                "newest=all",
                "until=today",
                "until=2026-06-01"
            })
    void anotherFormOfParameterIsRefused(String query) {
        Answer answer = get("/$rr-intervals?" + query.replace("'", "%27"), TOKENS.job());

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("\"kind\"");
    }

    @Test
    void aHundredPatientsMayBeNamedAndNoMore() {
        String hundred = IntStream.range(0, 100)
                .mapToObj(i -> UUID.randomUUID().toString())
                .collect(Collectors.joining(","));
        assertThat(stream("patient=" + hundred)).hasSize(1);
        assertThat(get("/$rr-intervals?patient=" + hundred + "," + UUID.randomUUID(), TOKENS.job())
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(names = "ANALYSIS_JOB", mode = EnumSource.Mode.EXCLUDE)
    void toNobodyElseItIsOpen(CallerKind kind) {
        Answer answer = get("/$rr-intervals?patient=" + WalkWorld.PATIENT, WalkWorld.token(kind));

        assertThat(answer.status()).isEqualTo(403);
        Audited.refusal(answer, "SN-OPERATION-001");
    }
}
