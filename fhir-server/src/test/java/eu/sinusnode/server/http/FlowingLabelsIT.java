package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A patient permits the clinic everything but what is restricted, and the analysis everything. What was concluded from a
 * restricted record, is made of it or holds it is as closed to the clinic as the record.
 */
class FlowingLabelsIT extends RunningServer {

    private static final String ALGORITHM = Records.id("flow-algorithm");
    private static final String FLAG = "urn:uuid:0f2c9f0e-58aa-4c3e-9d11-0d3a8ad4b7e1";
    private static final String STEP = "urn:uuid:0f2c9f0e-58aa-4c3e-9d11-0d3a8ad4b7e2";
    private static final String RESULT = "urn:uuid:0f2c9f0e-58aa-4c3e-9d11-0d3a8ad4b7e3";
    private static int patients;

    @Autowired
    MeterRegistry meters;

    private String name = "";
    private String patient = "";
    private String clinician = "";

    @BeforeEach
    void aPatientWithARestrictedReading() {
        name = "flow-" + patients++;
        patient = Ward.hidden(name);
        clinician = TOKENS.clinician(Records.CLINIC);
        Consent consent = Ward.consent(name);
        consent.getProvision().getProvision().clear();
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT)
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addSecurityLabel(new Coding(DecisionWorld.CONFIDENTIALITY, "R", null));
        Consents.permit(consent, Records.CENTRE, Purpose.CAREMGT);
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addVersion().setValue("1.0.0");
        Observation secret = Records.heartRate(patient, Records.id(name + "-cuff"), name + "-secret");
        secret.setId(secret());
        secret.getMeta().addSecurity(new Coding(DecisionWorld.SENSITIVITY, "PSY", null));
        load(Records.transaction(consent, algorithm, secret));
    }

    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void aFlagOfAnOpenReadingIsOpen() {
        String flag = raise(flag("Observation/" + open() + "/_history/1"));
        assertThat(labels(flag)).isEmpty();
        assertThat(get("/" + flag, clinician).status()).isEqualTo(200);
    }

    @Test
    void aFlagCarriesWhatItsReadingCarries() {
        String flag = raise(flag("Observation/" + secret() + "/_history/1"));
        assertThat(labels(flag)).containsExactly("PSY", "R");
        closed(flag);
        assertThat(found("Observation?patient=" + patient + "&_security=" + DecisionWorld.SENSITIVITY + "%7CPSY"))
                .isZero();
        assertThat(found("Observation?patient=" + patient))
                .as("the open reading alone")
                .isEqualTo(1);
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.labelled_observation WHERE observation = ?::uuid",
                        Integer.class,
                        new IdType(flag).getIdPart()))
                .isEqualTo(1);
    }

    /** The telling inputs are open; one that only the manifest names is not. */
    @Test
    void aFlagCarriesWhatAnyInputOfItsManifestCarries() throws IOException {
        Provenance provenance = provenance(open());
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference()
                        .setDisplay("Manifest")
                        .setIdentifier(new Identifier()
                                .setSystem("https://sinusnode.eu/sid/replay-manifest")
                                .setValue("0a")))
                .addExtension(
                        Canonicals.REPLAY_MANIFEST,
                        new Base64BinaryType(deflated(
                                "{\"vitals\":[{\"version\":" + "\"Observation/" + secret() + "/_history/1\"}]}")));
        Bundle answer = write(flag("Observation/" + open() + "/_history/1"), provenance, task());
        for (int i = 0; i < 3; i++) {
            String made = located(answer, i);
            assertThat(labels(made)).as(made).containsExactly("PSY", "R");
            closed(made);
        }
    }

    @Test
    void aReportAndItsResultThatComeTogether() {
        Observation result = new Observation();
        result.setStatus(ObservationStatus.FINAL).setCode(concept(Codes.LOINC, "718-7"));
        result.setSubject(new Reference("Patient/" + patient));
        result.setEffective(new DateTimeType("2026-05-28"));
        result.getMeta().addSecurity(new Coding(DecisionWorld.CONFIDENTIALITY, "V", null));
        Observation step = result.copy();
        step.setMeta(null);
        step.addDerivedFrom(new Reference(RESULT));
        // What is concluded comes first, and from something between.
        Bundle bundle = Records.transaction(report(STEP), step, result);
        bundle.getEntry().get(1).setFullUrl(STEP);
        bundle.getEntry().get(2).setFullUrl(RESULT);
        Bundle answer = send(bundle, clinicSystem());
        for (int i = 0; i < 3; i++) {
            assertThat(labels(located(answer, i))).containsExactly("V");
            closed(located(answer, i));
        }
    }

    @Test
    void aFileIsAsClosedAsTheDocumentThatNamesIt() {
        Binary file = new Binary();
        file.setId(Records.id(name + "-file"));
        file.setContentType("text/plain");
        file.setSecurityContext(new Reference("Patient/" + patient));
        file.setData("Letter".getBytes(StandardCharsets.UTF_8));
        load(Records.transaction(file));
        String path = "Binary/" + file.getIdElement().getIdPart();
        assertThat(get("/" + path, clinician).status()).isEqualTo(200);

        DocumentReference document = new DocumentReference();
        document.setId(Records.id(name + "-document"));
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference("Patient/" + patient));
        document.addSecurityLabel(concept(DecisionWorld.SENSITIVITY, "SEX"));
        document.addContent()
                .setAttachment(new Attachment().setContentType("text/plain").setUrl(path));
        load(Records.transaction(document));

        closed(path);
        assertThat(get("/" + path + "/_history/1", clinician).status()).isEqualTo(404);
        assertThat(get("/" + path, TOKENS.patient(patient)).status()).isEqualTo(200);
    }

    @Test
    void aPrescriptionSaysWhatTheDrugSaysThatItNames() {
        Medication drug = new Medication();
        drug.setId(Records.id("flow-drug"));
        drug.setCode(concept("http://fhir.de/CodeSystem/bfarm/atc", "J05AR10"));
        MedicationRequest request = new MedicationRequest();
        request.setId(Records.id(name + "-request"));
        request.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        request.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
        request.setSubject(new Reference("Patient/" + patient));
        request.setMedication(new Reference("Medication/" + Records.id("flow-drug")));
        load(Records.transaction(drug));
        load(Records.transaction(request));
        assertThat(labels("MedicationRequest/" + request.getIdElement().getIdPart()))
                .containsExactly("HIV", "R");
        closed("MedicationRequest/" + request.getIdElement().getIdPart());
        assertThat(get("/Medication/" + Records.id("flow-drug"), clinician).status())
                .as("the directory is for everybody")
                .isEqualTo(200);
    }

    // Attacks

    @Test
    void aLaterVersionThatNamesOtherInputsKeepsTheLabel() {
        String flag = raise(flag("Observation/" + secret() + "/_history/1"));
        Observation renewed = flag("Observation/" + open() + "/_history/1");
        renewed.setId(new IdType(flag).getIdPart());
        Answer answer = put("/" + new IdType(flag).toVersionless().getValue(), TOKENS.job(), renewed);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(labels(flag)).containsExactly("PSY", "R");
        closed(flag);
    }

    @Test
    void theLoaderDoesNotTakeAwayWhatAnInputGives() {
        DiagnosticReport report = report("Observation/" + secret());
        report.setId(Records.id(name + "-report"));
        for (int i = 0; i < 2; i++) {
            load(Records.transaction(report.copy()));
            assertThat(labels("DiagnosticReport/" + Records.id(name + "-report")))
                    .containsExactly("PSY", "R");
        }
    }

    /** The storage knows an unchanged record by its hash. */
    @Test
    void whatIsWrittenAgainUnchangedMakesNoVersion() {
        DiagnosticReport report = report("Observation/" + secret());
        report.setId(Records.id(name + "-report"));
        String path = "/DiagnosticReport/" + Records.id(name + "-report");
        load(Records.transaction(report.copy()));
        report.getMeta()
                .addSecurity(new Coding(DecisionWorld.SENSITIVITY, "PSY", null))
                .addSecurity(new Coding(DecisionWorld.CONFIDENTIALITY, "R", null));
        load(Records.transaction(report));
        assertThat(get(path, TOKENS.patient(patient)).resource().getMeta().getVersionId())
                .isEqualTo("1");
    }

    private void closed(String path) {
        assertThat(get("/" + new IdType(path).toVersionless().getValue(), clinician)
                        .status())
                .as(path)
                .isEqualTo(404);
        String type = new IdType(path).getResourceType();
        if (!"Binary".equals(type) && !"Provenance".equals(type)) {
            Answer found = get("/" + type + "?_id=" + new IdType(path).getIdPart() + "&_total=accurate", clinician);
            assertThat(found.bundle().getTotal()).as(path).isZero();
        }
    }

    private int found(String search) {
        return get("/" + search + "&_summary=count", clinician).bundle().getTotal();
    }

    /** As the storage has them: a flag that nobody has signed is shown to no patient. */
    private Set<String> labels(String path) {
        String text = database.queryForObject(
                "SELECT v.res_text_vc FROM hfj_resource r JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver"
                        + " WHERE r.res_type = ? AND r.fhir_id = ?",
                String.class,
                new IdType(path).getResourceType(),
                new IdType(path).getIdPart());
        Set<String> stored = codes(
                List.of((Resource) FhirContext.forR4Cached().newJsonParser().parseResource(text)));
        Set<String> indexed = new TreeSet<>(database.queryForList(
                "SELECT t.sp_value FROM hfj_resource r JOIN hfj_spidx_token t ON t.res_id = r.res_id"
                        + " WHERE r.res_type = ? AND r.fhir_id = ? AND t.sp_system IN (?, ?)",
                String.class,
                new IdType(path).getResourceType(),
                new IdType(path).getIdPart(),
                DecisionWorld.CONFIDENTIALITY,
                DecisionWorld.SENSITIVITY));
        assertThat(indexed).as("in the index").isEqualTo(stored);
        return stored;
    }

    private static Set<String> codes(List<Resource> records) {
        return records.stream()
                .flatMap(record -> record.getMeta().getSecurity().stream())
                .map(Coding::getCode)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String raise(Observation flag) {
        return located(
                write(flag, provenance(new IdType(flag.getDerivedFromFirstRep().getReference()).getIdPart()), task()),
                0);
    }

    private Bundle write(Resource... records) {
        Bundle bundle = Records.transaction(records);
        bundle.getEntryFirstRep().setFullUrl(FLAG);
        return send(bundle, TOKENS.job());
    }

    private static Bundle send(Bundle bundle, String token) {
        String body = FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(bundle);
        Answer answer = post("", token, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle();
    }

    private static String located(Bundle answer, int entry) {
        return new IdType(answer.getEntry().get(entry).getResponse().getLocation())
                .toUnqualifiedVersionless()
                .getValue();
    }

    private static String clinicSystem() {
        return TOKENS.clinicSystem(Records.CLINIC);
    }

    private String open() {
        return Ward.vital(name);
    }

    private String secret() {
        return Records.id(name + "-secret-hr");
    }

    private DiagnosticReport report(String result) {
        DiagnosticReport report = new DiagnosticReport();
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        report.setCode(new CodeableConcept().setText("Blood count"));
        report.setSubject(new Reference("Patient/" + patient));
        report.addResult(new Reference(result));
        return report;
    }

    private Observation flag(String input) {
        Observation flag = new Observation();
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patient);
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory().addCoding(new Coding(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(new Reference("Patient/" + patient));
        flag.setEffective(Consents.period("2026-05-01", "2026-05-28"));
        flag.getIssuedElement().setValueAsString("2026-05-28T03:00:00Z");
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText("In 3 of 9 recordings the intervals were irregular. A clinician decides.");
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + ALGORITHM));
        flag.addDerivedFrom(new Reference(input));
        return flag;
    }

    private Provenance provenance(String input) {
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(FLAG));
        provenance.getRecordedElement().setValueAsString("2026-05-28T03:00:00Z");
        provenance.addAgent().setWho(new Reference("Device/" + ALGORITHM));
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference("Observation/" + input + "/_history/1"));
        return provenance;
    }

    private Task task() {
        Task task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        task.setFocus(new Reference(FLAG));
        task.setFor(new Reference("Patient/" + patient));
        task.setAuthoredOnElement(new DateTimeType("2026-05-28T03:00:00Z"));
        task.getRestriction().getPeriod().setEndElement(new DateTimeType("2026-05-29T03:00:00Z"));
        return task;
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
