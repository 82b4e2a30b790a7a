package eu.sinusnode.server.merging;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Two records of one person in the centre, with the same access to both, and the call that merges them. */
abstract class MergeWorld extends RunningServer {

    final String clinician = TOKENS.clinician(Records.CLINIC);

    static String id(String name) {
        return Records.id("merge-" + name);
    }

    /** A patient of the clinic with a cuff; without a Consent. */
    static String patient(String name) {
        load(Records.household("merge-" + name));
        return id(name);
    }

    static String permitting(String name) {
        patient(name);
        load(Records.transaction(WalkWorld.consent(id(name + "-consent"), id(name))));
        return id(name);
    }

    /** With a heart rate by the cuff, told by the patient, and a diagnosis. */
    static void fill(String name) {
        Observation vital = Records.heartRate(id(name), id(name + "-cuff"), name + "-1");
        vital.setId(id(name + "-hr"));
        vital.addPerformer(new Reference("Patient/" + id(name)));
        Condition diagnosis = new Condition();
        diagnosis.setId(id(name + "-diagnosis"));
        diagnosis.getCode().addCoding(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "I48.0", null));
        diagnosis.addNote().setText("Herzstolpern seit dem Sommer");
        diagnosis.setSubject(new Reference("Patient/" + id(name)));
        load(Records.transaction(vital, diagnosis));
    }

    static Parameters parameters(String source, String target) {
        Parameters parameters = new Parameters();
        parameters.addParameter("source-patient", new Reference("Patient/" + id(source)));
        parameters.addParameter("target-patient", new Reference("Patient/" + id(target)));
        return parameters;
    }

    static Answer merge(Resource body, String token) {
        return post("/Patient/$merge", token, body);
    }

    static void merge(String source, String target) {
        Answer answer = merge(parameters(source, target), TOKENS.loader());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    static void refused(String code, String element, Parameters parameters) {
        Answer answer = merge(parameters, TOKENS.loader());
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).contains(code);
        assertThat(((OperationOutcome) answer.resource()).getIssue())
                .as(answer.body())
                .anySatisfy(issue ->
                        assertThat(issue.getExpression().get(0).getValue()).startsWith(element));
    }

    static Patient read(String name, String token) {
        Answer answer = get("/Patient/" + id(name), token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (Patient) answer.resource();
    }

    static int status(String path, String token) {
        return get(path, token).status();
    }

    final long rows(String table, String column, String value) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode." + table + " WHERE " + column + " = ?::uuid", Long.class, value);
        return count == null ? 0 : count;
    }
}
