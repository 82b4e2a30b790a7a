package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.profiles.Codes;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loader writes down what was signed, by whatever way it comes, and nothing else; a patient needs no paper. */
class LoadedConsentsIT extends RunningServer {

    private static int people;

    private String name = "";
    private String patient = "";

    @BeforeEach
    void aPatientWhoPermitsNothing() {
        name = "loaded-" + people++;
        patient = Ward.hidden(name);
    }

    /** Permits the clinic everything, with a title where the document should be. */
    private Consent unsigned() {
        Consent consent = Ward.consent(name);
        consent.setId(UUID.randomUUID().toString());
        consent.setSource(new Attachment().setContentType("text/plain").setTitle("Consent"));
        return consent;
    }

    private static Consent bare(Consent consent) {
        Consent bare = consent.copy();
        bare.setId((String) null);
        return bare;
    }

    private static void assertUnsigned(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly("SN-CONSENT-004");
    }

    private void assertNothingIsOpen() {
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(404);
    }

    private void assertOpen() {
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
    }

    @Test
    void withoutTheDocumentNothingIsStoredByAnyWay() {
        Consent unsigned = unsigned();
        assertUnsigned(post("/Consent", TOKENS.loader(), bare(unsigned)));
        assertUnsigned(put("/Consent/" + unsigned.getIdElement().getIdPart(), TOKENS.loader(), unsigned));
        assertUnsigned(post("", TOKENS.loader(), Records.transaction(Ward.newGoal(patient, "Walk"), unsigned)));
        Answer asked = post("/Consent/$validate", TOKENS.loader(), bare(unsigned));
        assertThat(asked.body()).contains("SN-CONSENT-004");
        Consent denying = unsigned();
        denying.getProvision().setProvision(null);
        assertUnsigned(post("/Consent", TOKENS.loader(), bare(denying)));
        Consent ended = unsigned();
        ended.setStatus(ConsentState.INACTIVE);
        assertUnsigned(post("/Consent", TOKENS.loader(), bare(ended)));
        Consent named = unsigned();
        named.setSource(new Reference("Consent/" + UUID.randomUUID()));
        assertThat(post("/Consent", TOKENS.loader(), bare(named)).status()).isEqualTo(422);
        assertNothingIsOpen();
    }

    @Test
    void anImportTakesWhatWasSignedAndRefusesTheRest() {
        ImportClient loader = ImportClient.ofLoader();
        Consent signed = Ward.consent(name);
        signed.setId(UUID.randomUUID().toString());
        JsonNode manifest = loader.file(name + ".ndjson", unsigned()).imported("Consent", name + ".ndjson");
        assertThat(ImportClient.counts(manifest)).containsExactly("complete 0/0/1");
        assertThat(loader.refused(manifest)).singleElement().asString().contains("SN-CONSENT-004");
        assertNothingIsOpen();

        JsonNode taken = loader.file(name + "-signed.ndjson", signed).imported("Consent", name + "-signed.ndjson");
        assertThat(ImportClient.counts(taken)).containsExactly("complete 1/0/0");
        assertOpen();
    }

    /** What the patient has given in the app the loader ends, and does not widen or open again. */
    @Test
    void whatAPatientGaveIsEndedAndNeitherChangedNorOpenedAnew() {
        String own = TOKENS.patient(patient);
        Answer given = post("/Consent", own, bare(unsigned()));
        assertThat(given.status()).as(given.body()).isEqualTo(201);
        assertOpen();
        String path = "/Consent/" + given.resource().getIdElement().getIdPart();
        Consent stored = (Consent) given.resource();

        Consent widened = stored.copy();
        widened.getProvision().getProvision().get(0).addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        assertUnsigned(put(path, TOKENS.loader(), widened));

        Answer ended = put(path, TOKENS.loader(), stored.copy().setStatus(ConsentState.INACTIVE));
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertNothingIsOpen();
        assertUnsigned(put(path, TOKENS.loader(), stored.copy().setStatus(ConsentState.ACTIVE)));
        assertThat(Ward.jsonPatch(
                                path,
                                TOKENS.loader(),
                                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]")
                        .status())
                .as("the loader reads no Consent, and so patches none")
                .isEqualTo(403);
        assertNothingIsOpen();
    }

    @Test
    void theDocumentMayLieInARecordOfThePatient() {
        DocumentReference data = document(patient, SignedPaper.document());
        Consent consent = unsigned();
        consent.setSource(
                new Reference("DocumentReference/" + data.getIdElement().getIdPart()));
        load(Records.transaction(data, consent));
        assertOpen();

        Attachment paper = SignedPaper.document();
        Binary binary = new Binary();
        binary.setId(UUID.randomUUID().toString());
        binary.setContentType("application/pdf").setData(paper.getData());
        binary.setSecurityContext(new Reference("Patient/" + patient));
        load(Records.transaction(binary));
        DocumentReference apart = document(
                patient,
                paper.copy()
                        .setData(null)
                        .setUrl("Binary/" + binary.getIdElement().getIdPart()));
        load(Records.transaction(apart));
        Consent second = unsigned();
        second.setSource(
                new Reference("DocumentReference/" + apart.getIdElement().getIdPart()));
        load(Records.transaction(second));
    }

    @Test
    void anothersDocumentOrOneWithoutBytesIsNone() {
        String other = Ward.hidden(name + "-other");
        for (DocumentReference none : new DocumentReference[] {
            document(other, SignedPaper.document()),
            document(patient, new Attachment().setContentType("application/pdf").setTitle("Consent")),
            document(patient, SignedPaper.document()).setStatus(DocumentReferenceStatus.SUPERSEDED)
        }) {
            load(Records.transaction(none));
            Consent consent = unsigned();
            consent.setSource(
                    new Reference("DocumentReference/" + none.getIdElement().getIdPart()));
            Answer answer = post("/Consent", TOKENS.loader(), bare(consent));
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.codes()).contains("SN-CONSENT-004");
        }
        assertNothingIsOpen();
    }

    private static DocumentReference document(String patient, Attachment attachment) {
        DocumentReference document = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setSubject(new Reference("Patient/" + patient));
        document.setId(UUID.randomUUID().toString());
        document.addContent().setAttachment(attachment);
        return document;
    }
}
