package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** The way of a vital: loaded by transaction, kept as a reading, read and searched by the patient it belongs to. */
class LoaderToPatientIT extends RunningServer {

    @Test
    @Covers({"http.html#read", "http.html#search-get", "http.html#mime-json"})
    void whatTheLoaderPutsThePatientReadsAndFinds() {
        load(Records.household("anna"));
        String anna = Records.id("anna");
        Observation vital = Records.heartRate(anna, Records.id("anna-cuff"), "anna-1");
        vital.setId(Records.id("anna-hr-1"));
        load(Records.transaction(vital));

        Answer read = get("/Patient/" + anna, TOKENS.patient(anna));
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(((Patient) read.resource()).getNameFirstRep().getFamily()).isEqualTo("Brandt");

        Answer found = get(
                "/Observation?patient=" + anna + "&code=http://loinc.org%7C8867-4&_sort=-date", TOKENS.patient(anna));
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(ids(found.bundle())).containsExactly(Records.id("anna-hr-1"));

        List<Double> readings = database.queryForList(
                "SELECT value FROM sinusnode.vital_reading WHERE patient = ?::uuid", Double.class, anna);
        assertThat(readings).containsExactly(63.0);
    }

    @Test
    @Covers("http.html#create")
    void aPatientsOwnVitalGetsAServerUuid() {
        load(Records.household("berta"));
        String berta = Records.id("berta");

        Answer created = post(
                "/Observation", TOKENS.patient(berta), Records.heartRate(berta, Records.id("berta-cuff"), "berta-1"));

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location").orElseThrow())
                .matches(BASE + "/Observation/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/_history/1");
    }

    @Test
    @Covers({"http.html#paging", "search.html#count"})
    void theSearchForAPopulationCanBePaged() {
        load(Records.household("clara"));
        String clara = Records.id("clara");
        for (int i = 0; i < 5; i++) {
            post(
                    "/Observation",
                    TOKENS.patient(clara),
                    Records.heartRate(clara, Records.id("clara-cuff"), "clara-" + i));
        }

        Answer first = get("/Observation?patient=" + clara + "&_count=2&_sort=_id", TOKENS.patient(clara));
        assertThat(first.bundle().getEntry()).as(first.body()).hasSize(2);
        String next = first.bundle().getLink("next").getUrl();
        Answer second = get(next, TOKENS.patient(clara));
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.bundle().getEntry()).hasSize(2);
        assertThat(ids(second.bundle())).doesNotContainAnyElementsOf(ids(first.bundle()));
    }

    @Test
    @Covers("http.html#mime-xml")
    void xmlIsAnsweredWhenItIsAskedFor() {
        load(Records.household("dora"));
        String dora = Records.id("dora");

        Answer xml = send(request("/Patient/" + dora, TOKENS.patient(dora))
                .header("Accept", "application/fhir+xml")
                .GET());

        assertThat(xml.status()).isEqualTo(200);
        assertThat(xml.body()).startsWith("<Patient xmlns=\"http://hl7.org/fhir\">");
    }

    @Test
    @Covers("http.html#trules")
    void aFailedTransactionStoresNothing() {
        load(Records.household("emma"));
        String emma = Records.id("emma");
        Observation good = Records.heartRate(emma, Records.id("emma-cuff"), "emma-1");
        Observation bad = Records.heartRate(emma, Records.id("emma-cuff"), "emma-2");
        bad.setStatus(null);
        long before = stored("Observation");

        Answer answer = post("", TOKENS.clinicSystem(Records.CLINIC), Records.transaction(good, bad));

        assertThat(answer.status()).isIn(404, 422);
        assertThat(stored("Observation")).isEqualTo(before);
    }

    @Test
    @Covers("http.html#transaction-get")
    void aTransactionThatReadsTooStoresNothing() {
        load(Records.household("emmy"));
        String emmy = Records.id("emmy");
        Bundle transaction = Records.transaction(Records.heartRate(emmy, Records.id("emmy-cuff"), "emmy-1"));
        transaction.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Observation?patient=" + emmy);
        long before = stored("Observation");

        Answer answer = post("", TOKENS.patient(emmy), transaction);

        assertThat(answer.codes()).containsExactly("SN-BUNDLE-001");
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("Bundle.entry[1]", "in a batch");
        assertThat(stored("Observation")).isEqualTo(before);
        Answer batch = post("", TOKENS.patient(emmy), transaction.setType(BundleType.BATCH));
        assertThat(batch.bundle().getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("201", "200");
    }

    private static List<String> ids(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }
}
