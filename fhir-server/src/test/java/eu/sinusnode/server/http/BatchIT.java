package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch answers each entry as the request would be answered that the entry stands for, and audits it so. */
class BatchIT extends RunningServer {

    private static final String HIDDEN = Records.id("batch-hidden");
    private static final String NOBODY = Records.id("batch-nobody");
    private static boolean loaded;

    @BeforeAll
    static void anew() {
        loaded = false;
    }

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            RunningServer.load(Records.household("batch-hidden"));
            loaded = true;
        }
    }

    @Test
    @Covers("http.html#batch")
    void readsSearchesAndWritesAreAnsweredInOrder() {
        String clinic = WalkWorld.token(CallerKind.CLINIC_SYSTEM);
        Observation vital = Records.heartRate(WalkWorld.PATIENT, WalkWorld.CUFF, "batch-1");
        Bundle batch = batch();
        get(batch, "Patient/" + WalkWorld.PATIENT);
        add(batch, HTTPVerb.POST, "Observation", vital)
                .setFullUrl("urn:uuid:11111111-1111-4111-8111-111111111111")
                .getRequest()
                .setIfNoneExist("identifier=" + identifier(vital));
        add(batch, HTTPVerb.POST, "Observation", Records.heartRate(HIDDEN, WalkWorld.CUFF, "batch-2"));
        get(batch, "Patient/" + HIDDEN);
        get(batch, "Observation?patient=" + WalkWorld.PATIENT + "&identifier=" + identifier(vital));
        add(batch, HTTPVerb.POST, "Observation", vital.copy())
                .getRequest()
                .setIfNoneExist("identifier=" + identifier(vital));

        Answer answer = post("", clinic, batch);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.bundle().getType()).isEqualTo(BundleType.BATCHRESPONSE);
        List<BundleEntryComponent> entries = answer.bundle().getEntry();
        assertThat(statuses(answer))
                .containsExactly(
                        "200 OK", "201 Created", "422 Unprocessable Entity", "404 Not Found", "200 OK", "200 OK");
        assertThat(entries.get(0).getResource()).isInstanceOf(Patient.class);
        assertThat(entries.get(0).getResponse().getEtag()).isEqualTo("W/\"1\"");
        assertThat(entries.get(0).getResponse().getLastModified()).isNotNull();
        assertThat(entries.get(1).getResponse().getLocation()).matches("Observation/[0-9a-f\\-]{36}/_history/1");
        assertThat(entries.get(2).getResponse().getOutcome()).isInstanceOf(OperationOutcome.class);
        assertThat(entries.get(2).hasResource()).isFalse();
        Bundle found = (Bundle) entries.get(4).getResource();
        assertThat(found.getEntry()).as("what an earlier entry stored").hasSize(1);
        assertThat(entries.get(5).getResponse().getLocation())
                .isEqualTo(entries.get(1).getResponse().getLocation());
    }

    @Test
    void conditionsOfAnEntryAreHeard() {
        String loader = TOKENS.loader();
        Patient patient = Records.patient(Records.id("batch-conditions"));
        RunningServer.load(Records.transaction(patient));
        Bundle batch = batch();
        String path = "Patient/" + patient.getIdElement().getIdPart();
        add(batch, HTTPVerb.PUT, path, patient.copy().setActive(false))
                .getRequest()
                .setIfMatch("W/\"9\"");
        add(batch, HTTPVerb.PUT, path, patient.copy().setActive(false))
                .getRequest()
                .setIfMatch("W/\"1\"");

        assertThat(statuses(post("", loader, batch)))
                .satisfies(statuses -> assertThat(statuses.get(0)).matches("4(09|12) .*"))
                .satisfies(statuses -> assertThat(statuses.get(1)).isEqualTo("200 OK"));

        Bundle read = batch();
        get(read, "Patient/" + WalkWorld.PATIENT).getRequest().setIfNoneMatch("W/\"1\"");
        Answer answer = post("", WalkWorld.token(CallerKind.CLINICIAN), read);
        assertThat(statuses(answer)).containsExactly("304 Not Modified");
        assertThat(answer.bundle().getEntryFirstRep().hasResource()).isFalse();
    }

    /** The entry's answer is the single answer, byte for byte, whoever asks and whatever for. */
    @ParameterizedTest
    @EnumSource(CallerKind.class)
    @Covers("http.html#batch")
    void everyEntryIsAnsweredAsTheRequestOfItsOwn(CallerKind kind) {
        String token = WalkWorld.token(kind);
        List<String> urls = List.of(
                "Patient/" + WalkWorld.PATIENT,
                "Patient/" + HIDDEN,
                "Patient/" + NOBODY,
                "Patient/" + WalkWorld.PATIENT + "/_history",
                "Patient/" + WalkWorld.PATIENT + "/_history/1",
                "Observation/" + WalkWorld.VITAL,
                "Observation?patient=" + WalkWorld.PATIENT + "&_id=" + WalkWorld.VITAL,
                "Observation?patient=" + HIDDEN,
                "Observation?patient=" + WalkWorld.PATIENT + "&_summary=count",
                "Observation?patient=" + WalkWorld.PATIENT + "&_total=accurate",
                "Patient?_summary=count",
                "Patient?_id=" + WalkWorld.PATIENT + "&_has:Observation:patient:code=8867-4",
                "Patient/" + WalkWorld.PATIENT + "/$access-log?count=0",
                "Patient/" + WalkWorld.PATIENT + "/$everything",
                "AuditEvent?date=lt2020-01-01",
                "Group/" + WalkWorld.idOf("Group", kind),
                "Binary/" + NOBODY,
                "$reindex",
                "Nonsense");
        Bundle batch = batch();
        urls.forEach(url -> get(batch, url));

        Answer answer = post("", token, batch);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> otherwise = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            BundleEntryComponent entry = answer.bundle().getEntry().get(i);
            Answer single = send(request("/" + urls.get(i), token)
                    .header("Accept", "application/fhir+json")
                    .GET());
            Resource said = entry.hasResource()
                    ? entry.getResource()
                    : entry.getResponse().getOutcome();
            String inBatch = entry.getResponse().getStatus().substring(0, 3) + " " + comparable(json(said));
            String alone = single.status() + " " + comparable(json(single.resource()));
            if (!inBatch.equals(alone)) {
                otherwise.add(urls.get(i) + "\n" + inBatch + "\n" + alone);
            }
        }
        assertThat(otherwise).isEmpty();
    }

    @Test
    void aHiddenRecordIsAnsweredLikeOneThatDoesNotExist() {
        Bundle batch = batch();
        for (String id : new String[] {HIDDEN, NOBODY}) {
            get(batch, "Patient/" + id);
            get(batch, "Observation?patient=" + id);
            Patient changed = Records.patient(id);
            changed.setActive(false);
            add(batch, HTTPVerb.PUT, "Patient/" + id, changed);
            add(batch, HTTPVerb.DELETE, "Patient/" + id, null);
        }
        for (CallerKind kind : CallerKind.values()) {
            if (kind == CallerKind.ADMINISTRATOR) {
                continue;
            }
            List<BundleEntryComponent> entries =
                    post("", WalkWorld.token(kind), batch).bundle().getEntry();
            for (int i = 0; i < 4; i++) {
                assertThat(comparable(json(new Bundle().addEntry(entries.get(i))))
                                .replace(HIDDEN, NOBODY))
                        .as(kind + " entry " + i)
                        .isEqualTo(comparable(json(new Bundle().addEntry(entries.get(i + 4)))));
            }
        }
    }

    @Test
    void whatCannotBeAnEntryIsRefusedAloneAndAudited() {
        String token = WalkWorld.token(CallerKind.CLINIC_SYSTEM);
        Bundle batch = batch();
        add(batch, HTTPVerb.HEAD, "Patient/" + WalkWorld.PATIENT, null);
        add(batch, HTTPVerb.POST, "", batch());
        get(batch, "https://elsewhere.example.org/fhir/Patient/" + WalkWorld.PATIENT);
        get(batch, "../launch");
        for (String stream : List.of("$vital-readings", "$rr-intervals", "$export", "$export-status", "$export-file")) {
            get(batch, stream);
        }
        get(batch, BASE + "/Patient/" + WalkWorld.PATIENT);
        Instant start = Instant.now().minusSeconds(1);

        Answer answer = post("", token, batch);

        assertThat(statuses(answer))
                .hasSize(10)
                .endsWith("200 OK")
                .filteredOn(status -> status.equals("403 Forbidden"))
                .hasSize(9);
        Map<String, AuditEvent> audited = auditedSince(start);
        String outer = answer.header("X-Request-ID").orElseThrow();
        for (int i = 0; i < 9; i++) {
            assertThat(audited.get(outer + "-" + i)).as("entry " + i).satisfies(event -> assertThat(event.getOutcome())
                    .isNotEqualTo(AuditEvent.AuditEventOutcome._0));
        }
    }

    @Test
    void theAuditHasEachEntryByItsOwnIdAndTheEnvelopeDisclosesNothing() {
        Bundle batch = batch();
        get(batch, "Patient/" + WalkWorld.PATIENT);
        get(batch, "Patient/" + HIDDEN);
        add(batch, HTTPVerb.POST, "Observation", Records.heartRate(WalkWorld.PATIENT, WalkWorld.CUFF, "batch-audited"));
        Instant start = Instant.now().minusSeconds(1);

        Answer answer = send(request("", WalkWorld.token(CallerKind.CLINIC_SYSTEM))
                .header("Content-Type", "application/fhir+json")
                .header("X-Request-ID", "batch.audited-7")
                .POST(BodyPublishers.ofString(json(batch))));

        assertThat(statuses(answer)).containsExactly("200 OK", "404 Not Found", "201 Created");
        Map<String, AuditEvent> audited = auditedSince(start);
        assertThat(subtype(audited.get("batch.audited-7"))).isEqualTo("batch");
        assertThat(patients(audited.get("batch.audited-7"))).isEmpty();
        assertThat(subtype(audited.get("batch.audited-7-0"))).isEqualTo("read");
        assertThat(patients(audited.get("batch.audited-7-0"))).containsExactly("Patient/" + WalkWorld.PATIENT);
        assertThat(audited.getOrDefault("batch.audited-7-1", new AuditEvent()).getOutcome())
                .isEqualTo(AuditEvent.AuditEventOutcome._4);
        assertThat(subtype(audited.get("batch.audited-7-2"))).isEqualTo("create");
    }

    @Test
    void aTokenWithoutScopesGetsNothingAndNoTokenGetsNoBatch() {
        Bundle batch = batch();
        get(batch, "Patient/" + WalkWorld.PATIENT);
        String unscoped = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "openid"));
        assertThat(statuses(post("", unscoped, batch))).containsExactly("403 Forbidden");
        assertThat(send(request("", null)
                                .header("Content-Type", "application/fhir+json")
                                .POST(BodyPublishers.ofString(json(batch))))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void moreEntriesThanTheLimitAreRefusedTogether() {
        Bundle batch = batch();
        for (int i = 0; i <= 1000; i++) {
            add(batch, HTTPVerb.POST, "Observation", Records.heartRate(WalkWorld.PATIENT, WalkWorld.CUFF, "many-" + i));
        }
        long before = stored("Observation");

        Answer answer = post("", WalkWorld.token(CallerKind.CLINIC_SYSTEM), batch);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-001");
        assertThat(stored("Observation")).isEqualTo(before);
    }

    @Test
    void aBinaryIsWrittenAndReadLikeAnyOtherRecord() {
        Binary binary = new Binary().setContentType("text/plain").setData(new byte[] {1, 2, 3});
        binary.setSecurityContext(new Reference("Patient/" + WalkWorld.PATIENT));
        Bundle write = batch();
        add(write, HTTPVerb.POST, "Binary", binary);
        String token = WalkWorld.token(CallerKind.CLINIC_SYSTEM);
        Answer written = post("", token, write);
        assertThat(statuses(written)).as(written.body()).containsExactly("201 Created");
        String path =
                written.bundle().getEntryFirstRep().getResponse().getLocation().replaceFirst("/_history.*", "");

        Bundle read = batch();
        get(read, path);
        Answer answer = post("", token, read);

        assertThat(answer.bundle().getEntryFirstRep().getResource())
                .isInstanceOfSatisfying(
                        Binary.class, got -> assertThat(got.getData()).containsExactly(1, 2, 3));
    }

    @Test
    void aBatchInXmlIsAnsweredInXml() {
        Bundle batch = batch();
        get(batch, "Patient/" + WalkWorld.PATIENT + "?_format=json");
        get(batch, "Patient/" + NOBODY);
        get(batch, "Observation?patient=" + WalkWorld.PATIENT);

        Answer answer = send(request("", WalkWorld.token(CallerKind.CLINICIAN))
                .header("Content-Type", "application/fhir+xml")
                .header("Accept", "application/fhir+xml")
                .POST(BodyPublishers.ofString(
                        FhirContext.forR4Cached().newXmlParser().encodeResourceToString(batch))));

        assertThat(answer.header("Content-Type")).hasValue("application/fhir+xml;charset=UTF-8");
        Bundle answered = FhirContext.forR4Cached().newXmlParser().parseResource(Bundle.class, answer.body());
        assertThat(answered.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "404 Not Found", "200 OK");
        assertThat(answered.getEntry().get(0).getResource()).isInstanceOf(Patient.class);
        assertThat(answered.getEntry().get(1).getResponse().getOutcome()).isInstanceOf(OperationOutcome.class);
    }

    /** HAPI's servlet is entered again from inside itself, by many threads with different callers. */
    @Test
    void batchesOfManyCallersAtOnceDoNotMix() throws Exception {
        List<String> patients = IntStream.range(0, 6)
                .mapToObj(i -> {
                    RunningServer.load(Records.household("batch-crowd-" + i));
                    return Records.id("batch-crowd-" + i);
                })
                .toList();
        Bundle batch = batch();
        for (int round = 0; round < 4; round++) {
            patients.forEach(patient -> get(batch, "Patient/" + patient));
            patients.forEach(patient -> get(batch, "Device?patient=" + patient));
        }
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String own = patients.get(i % 6);
                calls.add(() -> post("", TOKENS.patient(own), batch));
            }
            List<Future<Answer>> answers = pool.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                Answer answer = answers.get(i).get();
                int own = i % 6;
                List<BundleEntryComponent> entries = answer.bundle().getEntry();
                for (int j = 0; j < entries.size(); j++) {
                    boolean mine = j % 6 == own;
                    boolean read = j % 12 < 6;
                    BundleEntryComponent entry = entries.get(j);
                    if (read) {
                        assertThat(entry.getResponse().getStatus()).startsWith(mine ? "200" : "404");
                    } else {
                        assertThat(((Bundle) entry.getResource()).getEntry()).hasSize(mine ? 1 : 0);
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    // Words of these tests

    private static Bundle batch() {
        return new Bundle().setType(BundleType.BATCH);
    }

    private static BundleEntryComponent get(Bundle batch, String url) {
        return add(batch, HTTPVerb.GET, url, null);
    }

    private static BundleEntryComponent add(Bundle batch, HTTPVerb method, String url, @Nullable Resource resource) {
        BundleEntryComponent entry = batch.addEntry().setResource(resource);
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    private static String identifier(Observation vital) {
        return vital.getIdentifierFirstRep().getSystem() + "|"
                + vital.getIdentifierFirstRep().getValue();
    }

    private static List<String> statuses(Answer answer) {
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResponse().getStatus())
                .toList();
    }

    /** Without the ids of searches and answers, and the present time. */
    private static String comparable(String json) {
        return json.replaceAll("\"id\":\"[0-9a-f]{8}-[0-9a-f\\-]{27}\"", "\"id\":\"…\"")
                .replaceAll("\"last(Updated|Modified)\":\"[^\"]*\"", "\"last$1\":\"…\"")
                .replaceAll("X-Request-Id [A-Za-z0-9.\\-]+", "X-Request-Id …");
    }

    private static String subtype(@Nullable AuditEvent event) {
        assertThat(event).isNotNull();
        return event == null ? "" : event.getSubtypeFirstRep().getCode();
    }

    private static List<String> patients(@Nullable AuditEvent event) {
        return event == null
                ? List.of()
                : event.getEntity().stream()
                        .map(entity -> entity.getWhat().getReference())
                        .filter(reference -> reference != null && reference.startsWith("Patient/"))
                        .distinct()
                        .toList();
    }

    private static Map<String, AuditEvent> auditedSince(Instant start) {
        Answer answer = get("/AuditEvent?_count=500&date=ge" + start, TOKENS.auditor());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, AuditEvent> byRequest = new TreeMap<>();
        for (BundleEntryComponent entry : answer.bundle().getEntry()) {
            AuditEvent event = (AuditEvent) entry.getResource();
            byRequest.put(event.getEntityFirstRep().getWhat().getIdentifier().getValue(), event);
        }
        return byRequest;
    }
}
