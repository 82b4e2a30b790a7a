package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import java.util.List;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code $meta} is a part of a read, for those who may read the record, and changes nothing. */
class MetaIT extends RunningServer {

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Autowired
    JdbcTemplate jdbc;

    @Test
    @Covers("resource-operations.html#meta")
    void theMetaOfARecordIsWhatAReadShows() {
        Ward.open("meta-anja");
        String path = "/Goal/" + Ward.goal("meta-anja");
        Goal goal = (Goal) get(path, clinician).resource();
        Answer answer = get(path + "/$meta", clinician);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters told = (Parameters) answer.resource();
        assertThat(told.getParameter()).singleElement().satisfies(parameter -> {
            assertThat(parameter.getName()).isEqualTo("return");
            assertThat(((Meta) parameter.getValue()).equalsDeep(goal.getMeta())).isTrue();
        });
        assertThat(Ward.get(path + "/$meta", clinician, "Accept", "application/fhir+xml")
                        .body())
                .startsWith("<Parameters")
                .contains("versionId");
    }

    @Test
    void itIsAuditedAsADisclosure() {
        Ward.open("meta-berta");
        Answer answer = get("/Goal/" + Ward.goal("meta-berta") + "/$meta", clinician);
        // A search waits for what was recorded before it.
        assertThat(get("/AuditEvent?_count=1", TOKENS.auditor()).status()).isEqualTo(200);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM sinusnode.audit_event WHERE request_id = ?",
                        Long.class,
                        answer.header("X-Request-Id").orElseThrow()))
                .isEqualTo(1);
    }

    @Test
    void aHiddenRecordAnswersLikeAnUnknownOne() {
        Ward.hidden("meta-carla");
        String hidden = Ward.goal("meta-carla");
        String unknown = Records.id("meta-nobody");
        Answer answer = get("/Goal/" + hidden + "/$meta", clinician);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().replace(hidden, "ID"))
                .isEqualTo(get("/Goal/" + unknown + "/$meta", clinician).body().replace(unknown, "ID"));
    }

    @Test
    void withoutAScopeForTheTypeItIsClosed() {
        Ward.open("meta-doris");
        String patients = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Patient.rs"));
        assertThat(get("/Goal/" + Ward.goal("meta-doris") + "/$meta", patients).codes())
                .containsExactly("SN-SCOPE-001");
    }

    @Test
    @Covers("resource-operations.html#meta-change")
    void overATypeOrTheServerAndToChangeItIsClosed() {
        Ward.open("meta-elsa");
        String path = "/Goal/" + Ward.goal("meta-elsa");
        for (String closed :
                List.of("/$meta", "/Goal/$meta", path + "/_history/1/$meta", path + "/$meta?_summary=true")) {
            Answer refused = get(closed, clinician);
            assertThat(refused.status()).as(closed).isBetween(400, 404);
            assertThat(refused.outcome().getIssue()).as(closed).isNotEmpty();
        }
        Parameters change = new Parameters();
        change.addParameter().setName("meta").setValue(new Meta().addProfile("http://example.org/x"));
        String before = get(path, clinician).body();
        for (String operation : List.of("/$meta-add", "/$meta-delete")) {
            assertThat(post(path + operation, clinician, change).status())
                    .as(operation)
                    .isBetween(400, 404);
        }
        assertThat(get(path, clinician).body()).isEqualTo(before);
    }
}
