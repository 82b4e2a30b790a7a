package eu.sinusnode.server.merging;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.validation.MergePolicy;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkRecords;
import eu.sinusnode.server.http.WalkWorld;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** What {@code $merge} refuses on the real server, for whom and in which words; nothing has happened then. */
class RefusedMergesIT extends MergeWorld {

    @Test
    void nobodySeesMoreByAMerge() {
        patient("closed");
        fill("closed");
        permitting("open");
        refused("SN-MERGE-004", "Consent", parameters("closed", "open"));

        permitting("narrow");
        fill("narrow");
        Consent observations = WalkWorld.consent(id("narrow-consent"), id("narrow"));
        observations
                .getProvision()
                .getProvision()
                .get(0)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        load(Records.transaction(observations));
        refused("SN-MERGE-004", "Consent", parameters("narrow", "open"));

        permitting("elsewhere");
        load(Records.transaction(Records.careTeam(id("elsewhere-team-2"), id("elsewhere"), Records.CENTRE)));
        permitting("here");
        fill("here");
        refused("SN-MERGE-004", "Patient", parameters("here", "elsewhere"));

        assertThat(status("/Condition/" + id("closed-diagnosis"), clinician)).isEqualTo(404);
        assertThat(read("closed", TOKENS.patient(id("closed"))).getActive()).isTrue();
        merge("elsewhere", "here");
    }

    @Test
    void whatCannotMoveRefusesTheWholeMerge() {
        permitting("documented");
        fill("documented");
        permitting("filed");
        load(Records.transaction(
                Objects.requireNonNull(WalkRecords.of(id("documented"), BASE).get("Account"))));
        refused("SN-MERGE-003", "Account", parameters("documented", "filed"));
        assertThat(status("/Observation/" + id("documented-hr"), TOKENS.patient(id("documented"))))
                .as("nothing is half done")
                .isEqualTo(200);
        assertThat(read("documented", clinician).getActive()).isTrue();
    }

    @Test
    void aVitalThatBothHaveRefusesTheWholeMerge() {
        permitting("one");
        permitting("other");
        Observation first = Records.heartRate(id("one"), id("one-cuff"), "same");
        Observation second = Records.heartRate(id("other"), id("other-cuff"), "same");
        load(Records.transaction(first, second));
        refused("SN-MERGE-003", "Observation.identifier", parameters("one", "other"));
    }

    @Test
    void twoPeopleAreNotMerged() {
        permitting("emil");
        Patient twin = Records.patient(id("egon"));
        twin.getIdentifierFirstRep().setValue("B123456782");
        load(Records.transaction(twin));
        refused("SN-MERGE-002", "Patient.identifier", parameters("emil", "egon"));
        refused("SN-MERGE-002", "Patient.id", parameters("emil", "emil"));
        load(Records.transaction(Records.patient(id("left-us")).setActive(false)));
        refused("SN-MERGE-002", "Patient.active", parameters("emil", "left-us"));

        permitting("first");
        permitting("second");
        merge("first", "second");
        refused("SN-MERGE-002", "Patient.link", parameters("first", "emil"));
        refused("SN-MERGE-002", "Patient.link", parameters("emil", "first"));
    }

    @Test
    void aResultThatIsNoPatientOfOursIsRefused() {
        permitting("wrong");
        permitting("right-one");
        Patient result = Records.patient(id("right-one"));
        result.getName().clear();
        Parameters nameless = parameters("wrong", "right-one");
        nameless.addParameter().setName("result-patient").setResource(result);
        refused("SN-PROFILE-001", "Patient", nameless);
        Parameters stranger = parameters("wrong", "right-one");
        stranger.addParameter().setName("result-patient").setResource(Records.patient(id("wrong")));
        assertThat(merge(stranger, TOKENS.loader()).codes()).containsExactly("SN-MERGE-001");
        Parameters ended = parameters("wrong", "right-one");
        ended.addParameter()
                .setName("result-patient")
                .setResource(Records.patient(id("right-one")).setActive(false));
        refused("SN-MERGE-002", "Patient.active", ended);
        assertThat(read("wrong", clinician).getActive()).isTrue();
    }

    @Test
    void whoIsUnknownIsUnknown() {
        permitting("known");
        for (Parameters parameters : List.of(parameters("nobody", "known"), parameters("known", "nobody"))) {
            Answer answer = merge(parameters, TOKENS.loader());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).contains("Patient/" + id("nobody") + " is not known");
        }
    }

    @Test
    void theAdministratorAlone() {
        permitting("mine");
        permitting("yours");
        load(Records.transaction(Records.organization(Records.id("walk-gateway"), "Gateway")));
        for (CallerKind kind : CallerKind.values()) {
            if (kind != CallerKind.ADMINISTRATOR) {
                assertThat(merge(parameters("mine", "yours"), WalkWorld.token(kind))
                                .codes())
                        .as(kind.claim())
                        .containsExactly("SN-OPERATION-001");
            }
        }
        String narrow = TOKENS.token(CallerKind.ADMINISTRATOR, claims -> claims.claim("organization", Records.CENTRE)
                .claim("scope", "system/Patient.c system/Observation.cud"));
        assertThat(merge(parameters("mine", "yours"), narrow).codes()).containsExactly("SN-SCOPE-001");
        assertThat(read("mine", clinician).getActive()).isTrue();
    }

    @Test
    void whatIsNotTakenIsRefusedInWords() {
        Parameters none = new Parameters();
        Parameters half = new Parameters();
        half.addParameter("source-patient", new Reference("Patient/" + UUID.randomUUID()));
        Parameters further = parameters("x", "y").addParameter("delete-source", new BooleanType(true));
        Parameters twice = parameters("x", "y").addParameter("source-patient", new Reference("Patient/1"));
        Parameters text = parameters("x", "y").addParameter("preview", new StringType("true"));
        Parameters person = new Parameters();
        person.addParameter("source-patient", new Reference("Practitioner/" + Records.PRACTITIONER));
        person.addParameter("target-patient", new Reference("Patient/" + id("y")));
        for (Resource body : Stream.of(none, half, further, twice, text, person, Records.patient(id("x")))
                .toList()) {
            Answer answer = merge(body, TOKENS.loader());
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-MERGE-001");
        }
        // The model leaves versions out of references when it writes them.
        String version = json(parameters("x", "y")).replace(id("x"), id("x") + "/_history/1");
        assertThat(post("/Patient/$merge", TOKENS.loader(), version).codes()).containsExactly("SN-MERGE-001");
        assertThat(get("/Patient/$merge", TOKENS.loader()).status()).isBetween(400, 405);
    }

    @Test
    void moreRecordsThanATransactionMovesRefuseTheMerge() {
        permitting("big");
        permitting("bigger");
        for (int sent = 0; sent < MergePolicy.MOST_RECORDS - 20; sent += 60) {
            Resource[] vitals = new Resource[60];
            for (int i = 0; i < vitals.length; i++) {
                vitals[i] = Records.heartRate(id("big"), id("big-cuff"), "big-" + (sent + i));
            }
            load(Records.transaction(vitals));
        }
        merge("big", "bigger");
        assertThat(rows("vital_reading", "patient", id("bigger"))).isEqualTo(MergePolicy.MOST_RECORDS - 20);
        Resource[] vitals = new Resource[60];
        for (int i = 0; i < vitals.length; i++) {
            vitals[i] = Records.heartRate(id("bigger"), id("bigger-cuff"), "bigger-" + i);
        }
        load(Records.transaction(vitals));
        permitting("biggest");
        refused("SN-MERGE-003", "Patient", parameters("bigger", "biggest"));
    }
}
