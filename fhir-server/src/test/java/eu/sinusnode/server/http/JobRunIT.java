package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.audit.testing.BalpRules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A job that is a program of its own tells of its runs, and an auditor finds them. */
class JobRunIT extends RunningServer {

    private static final BalpRules RULES = new BalpRules();
    private static final String OPERATION = "/$job-run";

    @Autowired
    MeterRegistry meters;

    private final UUID run = UUID.randomUUID();
    private final String client = "job-" + run;
    private final String job = of(client);

    @Test
    void startAndEndStandInTheAuditUnderTheRun() {
        Answer started = post(OPERATION, job, JobRuns.start(run));
        Answer ended = post(OPERATION, job, JobRuns.end(run, "completed"));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(value(started, "run")).isEqualTo(run.toString());
        assertThat(value(ended, "phase")).isEqualTo("end");
        List<AuditEvent> events = ofRun();
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(RULES.errors(event)).as(json(event)).isEmpty();
            assertThat(event.getType().getCode()).isEqualTo("110100");
            assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
            assertThat(event.getAgent())
                    .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
                    .containsExactly("110150", "110153", "IRCP");
            assertThat(event.getAgent().get(0).getWho().getIdentifier().getValue())
                    .isEqualTo(client);
            assertThat(event.getAgent().get(0).getNetwork().getAddress()).isEqualTo("127.0.0.1");
            assertThat(event.getAgent().get(1).getWho().getDisplay()).isEqualTo(BASE);
            AuditEventAgentComponent centre = event.getAgent().get(2);
            assertThat(centre.getWho().getReference()).isEqualTo("Organization/" + Records.CENTRE);
        });
        assertThat(details(event(events, "110120")))
                .containsExactly(
                        "model=" + JobRuns.MODEL, "model=home-bp 1", "asOf=2026-11-20T12:00:00Z", "since=7012");
        assertThat(details(event(events, "110121"))).containsExactly("patients=12", "readings=4000000000");
        assertThat(event(events, "110121").getOutcomeDesc()).isEqualTo("run completed");
    }

    @Test
    void whatIsToldAgainMakesNoSecondEntry() {
        for (int i = 0; i < 3; i++) {
            assertThat(post(OPERATION, job, JobRuns.start(run)).status()).isEqualTo(200);
            assertThat(post(OPERATION, job, JobRuns.end(run, "completed")).status())
                    .isEqualTo(200);
        }
        // What was told first stands.
        assertThat(post(OPERATION, job, JobRuns.end(run, "failed")).status()).isEqualTo(200);

        assertThat(ofRun()).hasSize(2).allSatisfy(event -> assertThat(event.getOutcome())
                .isEqualTo(AuditEventOutcome._0));
    }

    @Test
    void howFarARunHasComeIsForTheMetersAndNoEntryOfTheRun() {
        double before = completed();
        post(OPERATION, job, JobRuns.start(run));

        Answer told = post(OPERATION, job, JobRuns.progress(run, "0.375", 450));

        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(value(told, "phase")).isEqualTo("progress");
        assertThat(gauge("sinusnode.job.progress.share")).isEqualTo(0.375);
        assertThat(gauge("sinusnode.job.progress.patients")).isEqualTo(450);
        assertThat(ofRun()).hasSize(1);
        assertThat(Audited.by(told)).as("the call itself").hasSize(1);

        post(OPERATION, job, JobRuns.end(run, "completed"));
        post(OPERATION, job, JobRuns.end(run, "completed"));

        assertThat(gauge("sinusnode.job.progress.share")).isNaN();
        assertThat(completed()).as("an end that is told again counts once").isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1"})
    void aShareIsFromNothingToAll(String share) {
        Answer refused = post(OPERATION, job, JobRuns.progress(run, share, 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("SN-JOB-001");
    }

    @Test
    void whoTookAModelOutOfTheShadowIsFoundByAnAuditor() {
        Instant before = Instant.now().minusSeconds(1);
        for (int i = 0; i < 2; i++) {
            Answer told = post(OPERATION, job, JobRuns.lift(run));
            assertThat(told.status()).as(told.body()).isEqualTo(200);
        }

        Answer found = get("/AuditEvent?client=" + client + "&type=110113", TOKENS.auditor());

        assertThat(found.bundle().getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .containsExactly(ofRun().get(0).getIdElement().getIdPart());
        assertThat(ofRun()).singleElement().satisfies(event -> {
            assertThat(RULES.errors(event)).as(json(event)).isEmpty();
            assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("110131");
            assertThat(event.getOutcomeDesc()).isEqualTo("model taken out of the shadow");
            assertThat(details(event))
                    .containsExactly(
                            "model=" + JobRuns.MODEL,
                            "by=Dr. Anke Vogel",
                            "role=medical lead",
                            "reason=AUC 0.81 on our own 400 admissions of 2025.");
        });
        assertThat(value(unfinished(client, before), "total"))
                .as("it is no run")
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "by", "role", "reason"})
    void aLiftSaysAllOfItOnOneLineEach(String what) {
        Answer missing = post(OPERATION, job, without(JobRuns.lift(run), what));
        Answer lines = post(OPERATION, job, JobRuns.with(JobRuns.lift(run), what, "of two lines\nand more"));
        Answer nothing = post(OPERATION, job, JobRuns.with(JobRuns.lift(run), what, " "));

        for (Answer refused : List.of(missing, lines, nothing)) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.codes()).containsExactly("SN-JOB-001");
        }
        assertThat(ofRun()).isEmpty();
    }

    private double gauge(String name) {
        return meters.get(name).tag("job", "risk-scoring").gauge().value();
    }

    private double completed() {
        Counter counter = meters.find("sinusnode.job.runs")
                .tags("job", "risk-scoring", "outcome", "completed")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aRunThatFailedSaysSo() {
        post(OPERATION, job, JobRuns.start(run));
        assertThat(post(OPERATION, job, JobRuns.end(run, "failed")).status()).isEqualTo(200);

        AuditEvent end = event(ofRun(), "110121");
        assertThat(RULES.errors(end)).as(json(end)).isEmpty();
        assertThat(end.getOutcome()).isEqualTo(AuditEventOutcome._4);
        assertThat(end.getOutcomeDesc()).startsWith("JOB-FAILED: ");
        assertThat(details(end)).contains("patients=12");
    }

    @Test
    void aRunThatNeverEndedIsFoundAndOneThatEndedIsNot() {
        Instant before = Instant.now().minusSeconds(1);
        UUID over = UUID.randomUUID();
        UUID failed = UUID.randomUUID();
        for (UUID each : List.of(run, over, failed)) {
            post(OPERATION, job, JobRuns.start(each));
        }
        post(OPERATION, job, JobRuns.end(over, "completed"));
        post(OPERATION, job, JobRuns.end(failed, "failed"));

        Answer open = unfinished(client, before);

        assertThat(open.status()).as(open.body()).isEqualTo(200);
        assertThat(value(open, "total")).isEqualTo("1");
        assertThat(open.body()).contains(run.toString()).doesNotContain(over.toString(), failed.toString());
        post(OPERATION, job, JobRuns.end(run, "completed"));
        assertThat(value(unfinished(client, before), "total")).isEqualTo("0");
        assertThat(get("/AuditEvent/$unfinished-runs?client=" + client, TOKENS.auditor())
                        .status())
                .isEqualTo(400);
        assertThat(get("/AuditEvent/$unfinished-runs?start=" + before + "&end=" + before, TOKENS.auditor())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anotherClientCannotEndTheRun() {
        Instant before = Instant.now().minusSeconds(1);
        post(OPERATION, job, JobRuns.start(run));

        assertThat(post(OPERATION, of("job-other-" + run), JobRuns.end(run, "completed"))
                        .status())
                .isEqualTo(200);

        assertThat(value(unfinished(client, before), "total")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(value = CallerKind.class, names = "ANALYSIS_JOB", mode = EnumSource.Mode.EXCLUDE)
    void nobodyElseTellsOfRunsAndTheAttemptIsAudited(CallerKind kind) {
        // The gateway's own Organization is of a world that is not loaded here.
        String token = kind == CallerKind.DEVICE_GATEWAY
                ? WalkWorld.organization(kind, Records.CENTRE)
                : WalkWorld.token(kind);

        Answer refused = post(OPERATION, token, JobRuns.start(run));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.codes()).containsExactly("SN-OPERATION-001");
        Audited.refusal(refused, "SN-OPERATION-001");
        assertThat(ofRun()).isEmpty();
    }

    @Test
    void withoutItsScopeAJobTellsNothing() {
        String unscoped = TOKENS.token(CallerKind.ANALYSIS_JOB, claims -> claims.claim("organization", Records.CENTRE)
                .claim("scope", "system/Task.rs"));

        Answer refused = post(OPERATION, unscoped, JobRuns.start(run));

        assertThat(refused.codes()).containsExactly("SN-SCOPE-001");
        Audited.refusal(refused, "SN-SCOPE-001");
        assertThat(post(OPERATION + "?run=" + run, job, JobRuns.start(run)).codes())
                .containsExactly("SN-SEARCH-001");
        assertThat(get(OPERATION, job).status()).isGreaterThanOrEqualTo(400);
        assertThat(ofRun()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no phase",
                "unknown phase",
                "no run",
                "run that is no UUID",
                "no job",
                "job with blanks",
                "no model",
                "model of two lines",
                "outcome of a start",
                "patient",
                "since that is no number",
                "two runs"
            })
    void whatIsMalformedIsRefusedAndNotARun(String what) {
        Answer refused = post(OPERATION, job, malformed(what));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("SN-JOB-001");
        assertThat(Audited.by(refused)).singleElement().satisfies(event -> assertThat(event.getOutcome())
                .isEqualTo(AuditEventOutcome._4));
        assertThat(ofRun()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"valueCode\":\"perhaps\"|",
                "\"valueCode\":\"completed\"|[{\"name\":\"of\",\"valueCode\":\"patients\"}]",
                "\"valueCode\":\"completed\"|[{\"name\":\"of\",\"valueCode\":\"Anna-Muster\"},{\"name\":\"number\",\"valueDecimal\":1}]",
                "\"valueCode\":\"completed\"|[{\"name\":\"of\",\"valueCode\":\"patients\"},{\"name\":\"number\",\"valueDecimal\":-1}]",
                "\"valueCode\":\"completed\"|[{\"name\":\"of\",\"valueCode\":\"patients\"},{\"name\":\"number\",\"valueDecimal\":1.5}]",
                "\"valueCode\":\"completed\"|[{\"name\":\"of\",\"valueCode\":\"patients\"},{\"name\":\"number\",\"valueDecimal\":99999999999999999999}]"
            })
    void anEndIsCountsAndNothingElse(String told) {
        String[] parts = told.split("\\|", -1);
        String count = parts[1].isEmpty() ? "" : ",{\"name\":\"count\",\"part\":" + parts[1] + "}";
        String body = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"phase\",\"valueCode\":\"end\"},"
                + "{\"name\":\"run\",\"valueId\":\"" + run + "\"},{\"name\":\"job\",\"valueCode\":\"risk-scoring\"},"
                + "{\"name\":\"outcome\"," + parts[0] + "}" + count + "]}";

        Answer refused = post(OPERATION, job, body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("SN-JOB-001");
        assertThat(ofRun()).isEmpty();
    }

    private Parameters malformed(String what) {
        Parameters start = JobRuns.start(run);
        return switch (what) {
            case "no phase" -> without(start, "phase");
            case "unknown phase" -> JobRuns.with(start, "phase", "middle");
            case "no run" -> without(start, "run");
            case "run that is no UUID" -> JobRuns.with(start, "run", "run-1");
            case "no job" -> without(start, "job");
            case "job with blanks" -> JobRuns.with(start, "job", "Risk scoring");
            case "no model" -> without(start, "model");
            case "model of two lines" -> JobRuns.with(start, "model", "a\nb");
            case "outcome of a start" -> JobRuns.with(start, "outcome", "completed");
            case "patient" -> JobRuns.with(start, "patient", "Patient/" + run);
            case "since that is no number" -> JobRuns.with(start, "since", "yesterday");
            case "two runs" -> {
                start.addParameter(start.getParameter().stream()
                        .filter(parameter -> parameter.getName().equals("run"))
                        .findFirst()
                        .orElseThrow()
                        .copy());
                yield start;
            }
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static Parameters without(Parameters parameters, String name) {
        parameters.getParameter().removeIf(parameter -> parameter.getName().equals(name));
        return parameters;
    }

    private static String of(String client) {
        UnaryOperator<JWTClaimsSet.Builder> named =
                claims -> claims.claim("organization", Records.CENTRE).claim("azp", client);
        return TOKENS.token(CallerKind.ANALYSIS_JOB, named);
    }

    private List<AuditEvent> ofRun() {
        Answer found = get("/AuditEvent?_sort=date&request-id=" + run, TOKENS.auditor());
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        return found.bundle().getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static Answer unfinished(String client, Instant from) {
        return get(
                "/AuditEvent/$unfinished-runs?client=" + client + "&start=" + from + "&end="
                        + Instant.now().plusSeconds(60),
                TOKENS.auditor());
    }

    private static AuditEvent event(List<AuditEvent> events, String subtype) {
        return events.stream()
                .filter(event -> event.getSubtypeFirstRep().getCode().equals(subtype))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> details(AuditEvent event) {
        AuditEventEntityComponent entity = event.getEntity().stream()
                .filter(each -> "20".equals(each.getRole().getCode()))
                .findFirst()
                .orElseThrow();
        assertThat(entity.getName()).isEqualTo("risk-scoring");
        return entity.getDetail().stream()
                .map(detail -> detail.getType() + "=" + detail.getValue().primitiveValue())
                .toList();
    }

    private static String value(Answer answer, String name) {
        return ((Parameters) answer.resource()).getParameterValue(name).primitiveValue();
    }
}
