package eu.sinusnode.server.merging;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Links between Patients on the real server: what may be written, and that nobody is deleted whom one names. */
class PatientLinksIT extends RunningServer {

    private static Patient patient(String name) {
        return Records.patient(Records.id("links-" + name));
    }

    private static Patient linked(String name, LinkType type, String other) {
        Patient patient = patient(name);
        patient.addLink().setType(type).setOther(new Reference("Patient/" + Records.id("links-" + other)));
        return patient;
    }

    private static Answer put(Patient patient) {
        return put("/Patient/" + patient.getIdElement().getIdPart(), TOKENS.loader(), patient);
    }

    private static Answer delete(String name) {
        return send(request("/Patient/" + Records.id("links-" + name), TOKENS.loader())
                .DELETE());
    }

    @Test
    void theAdministratorLinksTwoRecordsOfOnePerson() {
        load(Records.transaction(patient("anna"), patient("berta")));

        assertThat(put(linked("anna", LinkType.SEEALSO, "berta")).status()).isEqualTo(200);
        assertThat(put(linked("berta", LinkType.SEEALSO, "anna")).status()).isEqualTo(200);
        Patient own = (Patient) get("/Patient/" + Records.id("links-anna"), TOKENS.patient(Records.id("links-anna")))
                .resource();
        assertThat(own.getLinkFirstRep().getOther().getReference()).isEqualTo("Patient/" + Records.id("links-berta"));
        assertThat(get("/Patient/" + Records.id("links-berta"), TOKENS.patient(Records.id("links-anna")))
                        .status())
                .as("a link gives nobody anything")
                .isEqualTo(404);
    }

    @Test
    void whatIsNoLinkIsRefusedAndNothingIsStored() {
        load(Records.transaction(patient("carla"), linked("dora", LinkType.REFER, "carla")));

        for (Patient wrong : List.of(
                linked("carla", LinkType.REPLACEDBY, "dora"),
                linked("carla", LinkType.REPLACES, "dora"),
                linked("carla", LinkType.REFER, "dora"),
                linked("carla", LinkType.SEEALSO, "carla"),
                linked("carla", LinkType.SEEALSO, "nobody"))) {
            Answer answer = put(wrong);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.codes()).containsOnly("SN-LINK-001");
        }
        Bundle round =
                Records.transaction(linked("erna", LinkType.REFER, "frida"), linked("frida", LinkType.REFER, "erna"));
        assertThat(post("", TOKENS.loader(), round).codes()).containsOnly("SN-LINK-001");
        assertThat(get("/Patient/" + Records.id("links-erna"), TOKENS.patient(Records.id("links-erna")))
                        .status())
                .isEqualTo(404);
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.patient_link WHERE patient = ?::uuid",
                        Long.class,
                        Records.id("links-carla")))
                .isZero();
    }

    @Test
    void whomALinkNamesIsNotDeleted() {
        load(Records.transaction(patient("gerda"), linked("hilde", LinkType.SEEALSO, "gerda")));

        Answer refused = delete("gerda");
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.codes()).containsExactly("SN-REQUEST-025");
        assertThat(refused.body()).doesNotContain(Records.id("links-hilde"));
        assertThat(put(patient("hilde")).status()).isEqualTo(200);
        assertThat(delete("gerda").status()).isEqualTo(204);

        load(Records.transaction(linked("ida", LinkType.SEEALSO, "jutta"), linked("jutta", LinkType.SEEALSO, "ida")));
        Bundle both = new Bundle().setType(BundleType.TRANSACTION);
        for (String name : List.of("ida", "jutta")) {
            both.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl("Patient/" + Records.id("links-" + name));
        }
        assertThat(delete("ida").status()).isEqualTo(409);
        assertThat(post("", TOKENS.loader(), both).status()).isEqualTo(200);
    }
}
