package eu.sinusnode.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** Somebody holds a lock in the database that every request waits for; the server of the tests has a minute. */
class RequestTimeIT extends RunningServer {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration MARGIN = Duration.ofSeconds(25);

    @Test
    void aRequestThatTakesTooLongIsEndedInTheDatabaseTooAndNothingIsHalfWritten() throws Exception {
        RunningServer.load(Records.household("time"));
        String patient = Records.id("time");
        String cuff = Records.id("time-cuff");
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/" + patient);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Device?patient=" + patient);
        Patient changed = Records.patient(patient);
        changed.setActive(false);
        Map<String, Supplier<Answer>> requests = new LinkedHashMap<>();
        requests.put("read", () -> get("/Patient/" + patient, TOKENS.patient(patient)));
        requests.put("search", () -> get("/Device?patient=" + patient, TOKENS.patient(patient)));
        requests.put("update", () -> put("/Patient/" + patient, TOKENS.loader(), changed));
        requests.put(
                "transaction",
                () -> post(
                        "",
                        TOKENS.loader(),
                        Records.transaction(
                                Records.patient(Records.id("time-other")),
                                Records.heartRate(patient, cuff, "time-1"),
                                Records.heartRate(patient, cuff, "time-2"))));
        long patients = stored("Patient");
        long observations = stored("Observation");
        long versions = count("hfj_res_ver");
        long vitals = count("sinusnode.vital_reading");
        Instant start = Instant.now();
        ExecutorService pool = Executors.newFixedThreadPool(requests.size() + 1);
        Map<String, Answer> answers = new LinkedHashMap<>();
        Answer batched;
        try (Connection connection =
                        Objects.requireNonNull(database.getDataSource()).getConnection();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE hfj_res_ver IN ACCESS EXCLUSIVE MODE");
            Map<String, Future<Answer>> running = new LinkedHashMap<>();
            requests.forEach((name, request) -> running.put(name, pool.submit(request::get)));
            Future<Answer> inBatch = pool.submit(() -> post("", TOKENS.patient(patient), batch));
            for (var each : running.entrySet()) {
                answers.put(each.getKey(), each.getValue().get(2, TimeUnit.MINUTES));
            }
            batched = inBatch.get(2, TimeUnit.MINUTES);
            Duration took = Duration.between(start, Instant.now());

            assertThat(took).isBetween(LIMIT, LIMIT.plus(MARGIN));
            assertThat(waiting(lock))
                    .as("statements that still wait in the database")
                    .isZero();
            connection.rollback();
        } finally {
            pool.shutdownNow();
        }

        answers.forEach((name, answer) -> {
            assertThat(answer.status()).as(name + " " + answer.body()).isEqualTo(503);
            assertThat(answer.codes()).as(name).containsExactly("SN-SERVER-004");
        });
        assertThat(batched.bundle().getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("503 Service Unavailable", "503 Service Unavailable");
        assertThat(stored("Patient")).isEqualTo(patients);
        assertThat(stored("Observation")).isEqualTo(observations);
        assertThat(count("hfj_res_ver")).isEqualTo(versions);
        assertThat(count("sinusnode.vital_reading")).isEqualTo(vitals);
        assertAudited(start, answers, batched);
        requests.forEach((name, request) ->
                assertThat(request.get().status()).as(name + ", again").isIn(200, 201));
        assertThat(stored("Observation")).isEqualTo(observations + 2);
    }

    private static void assertAudited(Instant start, Map<String, Answer> answers, Answer batched) {
        List<String> ended = new ArrayList<>();
        get("/AuditEvent?_count=500&outcome=4&date=ge" + start, TOKENS.auditor())
                .bundle()
                .getEntry()
                .forEach(entry -> {
                    AuditEvent event = (AuditEvent) entry.getResource();
                    if (event.getOutcomeDesc() != null && event.getOutcomeDesc().contains("SN-SERVER-004")) {
                        ended.add(event.getEntityFirstRep()
                                .getWhat()
                                .getIdentifier()
                                .getValue());
                    }
                });
        answers.forEach((name, answer) -> assertThat(ended)
                .as(name)
                .contains(answer.header("X-Request-ID").orElseThrow()));
        String outer = batched.header("X-Request-ID").orElseThrow();
        assertThat(ended).contains(outer + "-0", outer + "-1");
    }

    private static long waiting(Statement statement) throws Exception {
        try (var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname ="
                + " current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long count(String table) {
        Long count = database.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return count == null ? 0 : count;
    }
}
