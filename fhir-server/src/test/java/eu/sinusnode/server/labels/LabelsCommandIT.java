package eu.sinusnode.server.labels;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels are taken away behind the server's back, as if the records were older than the table of sensitive codes. */
class LabelsCommandIT extends RunningServer {

    private static int patients;

    private final String name = "labels-command-" + patients++;
    private final String patient = Records.id(name);
    private final String sorrow = Records.id(name + "-sorrow");
    private final String flutter = Records.id(name + "-flutter");
    private final String score = Records.id(name + "-score");
    private final String report = Records.id(name + "-report");
    private final String panel = Records.id(name + "-panel");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void recordsOfBefore() {
        load(Records.household(name));
        DiagnosticReport about = new DiagnosticReport();
        about.setId(report);
        about.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        about.setCode(new CodeableConcept().setText("A report"));
        about.setSubject(new Reference("Patient/" + patient));
        about.addResult(new Reference("Observation/" + score));
        Condition concluded = condition(sorrow, "F32.1");
        concluded.addEvidence().addDetail(new Reference("Observation/" + score));
        Observation members = observation(panel);
        members.addHasMember(new Reference("Observation/" + score));
        load(Records.transaction(observation(score), condition(flutter, "I48.0"), concluded, about));
        load(Records.transaction(members));
        assertThat(run("apply")).as(said()).isZero();
    }

    /** As the storage had it before there were labels. */
    private void bare(String type, String id) {
        database.update(
                "UPDATE hfj_res_ver v SET res_text_vc = regexp_replace(v.res_text_vc, '\"security\":\\[[^\\]]*\\],?', '')"
                        + " FROM hfj_resource r WHERE v.res_id = r.res_id AND r.res_type = ? AND r.fhir_id = ?",
                type,
                id);
        database.update(
                "DELETE FROM hfj_spidx_token t USING hfj_resource r WHERE t.res_id = r.res_id AND r.res_type = ?"
                        + " AND r.fhir_id = ? AND t.sp_system LIKE '%/CodeSystem/v3-%' AND t.sp_value IN ('PSY', 'R', 'V')",
                type, id);
    }

    private Observation observation(String id) {
        Observation observation = new Observation();
        observation.setId(id);
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(new CodeableConcept(new Coding(Codes.LOINC, "44261-6", null)));
        observation.setSubject(new Reference("Patient/" + patient));
        observation.setEffective(new DateTimeType("2026-05-28"));
        return observation;
    }

    private Condition condition(String id, String code) {
        Condition condition = new Condition();
        condition.setId(id);
        condition.setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, code, null)));
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.setSubject(new Reference("Patient/" + patient));
        return condition;
    }

    private int run(String verb) {
        out.reset();
        DataSource dataSource = Objects.requireNonNull(database.getDataSource());
        return LabelsCommand.run(verb, dataSource, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatTheServerWritesHolds() {
        assertThat(run("verify")).as(said()).isZero();
        assertThat(labels("Condition", sorrow)).containsExactly("PSY", "R");
        assertThat(labels("Condition", flutter)).isEmpty();
    }

    @Test
    void aRecordThatIsOlderThanItsCodeInTheTableIsLabelledWithoutANewVersion() {
        bare("Condition", sorrow);
        assertThat(found("Condition", "PSY")).isEmpty();
        assertThat(run("verify")).isEqualTo(4);
        assertThat(said()).contains("RECORDS LACK LABELS: 1 of ");
        assertThat(labels("Condition", sorrow)).as("to look changes nothing").isEmpty();

        assertThat(run("apply")).as(said()).isZero();

        assertThat(said()).contains("Labels were given 1 times");
        assertThat(labels("Condition", sorrow)).containsExactly("PSY", "R");
        assertThat(found("Condition", "PSY")).containsExactly(sorrow);
        Resource record = get("/Condition/" + sorrow, TOKENS.patient(patient)).resource();
        assertThat(record.getMeta().getVersionId()).isEqualTo("1");
        assertThat(run("verify")).as(said()).isZero();
    }

    /** The score gets a label, the report and the panel have it from the score, the diagnosis from its evidence. */
    @Test
    void whatGoesOverGoesOnUntilNothingIsNew() {
        int labelled = database.update(
                "UPDATE hfj_res_ver v SET res_text_vc = replace(v.res_text_vc, '\"meta\":{}', ?) FROM hfj_resource r"
                        + " WHERE v.res_id = r.res_id AND r.res_type = 'Observation' AND r.fhir_id = ?"
                        + " AND v.res_text_vc LIKE '%\"meta\":{}%'",
                "\"meta\":{\"security\":[{\"system\":\"" + Confidentiality.SYSTEM + "\",\"code\":\"V\"}]}", score);
        assertThat(labelled).isEqualTo(1);
        database.update(
                "INSERT INTO sinusnode.labelled_observation (observation, patient) VALUES (?::uuid, ?::uuid)"
                        + " ON CONFLICT DO NOTHING",
                score,
                patient);
        assertThat(run("apply")).as(said()).isZero();
        assertThat(labels("DiagnosticReport", report)).containsExactly("V");
        assertThat(labels("Observation", panel)).containsExactly("V");
        assertThat(labels("Condition", sorrow)).containsExactly("PSY", "R", "V");
        assertThat(run("apply")).isZero();
        assertThat(said()).contains("Labels were given 0 times");
    }

    @Test
    void wrongUseIsSaid() {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(LabelsCommand.run(new String[] {}, Map.of(), print)).isEqualTo(2);
        assertThat(LabelsCommand.run(new String[] {"mend"}, Map.of(), print)).isEqualTo(2);
        assertThat(said()).contains("verify | apply");
    }

    private Set<String> found(String type, String label) {
        Answer answer = get("/" + type + "?patient=" + patient + "&_security=" + label, TOKENS.patient(patient));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> labels(String type, String id) {
        List<String> texts = database.queryForList(
                "SELECT v.res_text_vc FROM hfj_resource r JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver"
                        + " WHERE r.res_type = ? AND r.fhir_id = ?",
                String.class,
                type,
                id);
        return texts.stream()
                .map(text ->
                        (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(text))
                .flatMap(record -> record.getMeta().getSecurity().stream())
                .map(Coding::getCode)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
