package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The policy in front of the real storage: what depends on how HAPI's JPA server takes a narrowed request up. */
class PolicyOnStorageIT extends RunningServer {

    private static final String OTHER_CLINIC = Records.id("policy-other-clinic");

    @Autowired
    MeterRegistry meters;

    /** What reaches the gate in a search was not narrowed away: then the storage did not hear a condition. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    @Covers("search.html#self")
    void populationSearchFindsWhoPermitsAndTheSelfLinkNamesNobody() {
        patientWithVital("lena", OTHER_CLINIC, true);
        patientWithVital("maria", OTHER_CLINIC, false);
        Answer found = get("/Observation?code=http://loinc.org%7C8867-4", TOKENS.clinician(OTHER_CLINIC));
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.bundle().getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .contains(Records.id("lena-hr"))
                .doesNotContain(Records.id("maria-hr"));
        assertThat(found.bundle().getLink("self").getUrl()).doesNotContain("patient");
        Answer patients = get("/Patient?family=Brandt", TOKENS.clinician(OTHER_CLINIC));
        assertThat(patients.body()).contains(Records.id("lena")).doesNotContain(Records.id("maria"));
    }

    @Test
    void searchForADeniedPatientAnswersLikeOneForAnUnknown() {
        patientWithVital("nora", OTHER_CLINIC, false);
        String clinician = TOKENS.clinician(OTHER_CLINIC);
        String hidden = Records.id("nora");
        String unknown = Records.id("never stored either");
        for (String search : List.of("/Observation?patient=", "/Patient?_id=", "/CareTeam?patient=Patient/")) {
            Answer ofHidden = get(search + hidden, clinician);
            Answer ofUnknown = get(search + unknown, clinician);
            assertThat(ofHidden.status()).as(ofHidden.body()).isEqualTo(200);
            assertThat(ofHidden.bundle().getEntry())
                    .as(search + ofHidden.body())
                    .isEmpty();
            assertThat(withoutFleeting(ofHidden).replace(hidden, "ID"))
                    .isEqualTo(withoutFleeting(ofUnknown).replace(unknown, "ID"));
        }
    }

    @Test
    @Covers("http.html#update")
    void withdrawalHoldsForTheNextSearchAndRead() {
        Consent consent = patientWithVital("olga", OTHER_CLINIC, true);
        String clinician = TOKENS.clinician(OTHER_CLINIC);
        String search = "/Observation?patient=" + Records.id("olga");
        assertThat(get(search, clinician).bundle().getEntry()).isNotEmpty();
        assertThat(get("/Observation/" + Records.id("olga-hr"), clinician).status())
                .isEqualTo(200);
        consent.setStatus(ConsentState.INACTIVE);
        String patient = TOKENS.patient(Records.id("olga"));
        Answer withdrawn = put("/Consent/" + Records.id("olga-consent"), patient, consent);
        assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(200);
        assertThat(get(search, clinician).bundle().getEntry()).isEmpty();
        assertThat(get("/Observation/" + Records.id("olga-hr"), clinician).status())
                .isEqualTo(404);
    }

    @Test
    @Covers("http.html#ccreate")
    void repeatedUploadStoresNothingTwice() {
        patientWithVital("paula", OTHER_CLINIC, true);
        Observation vital = Records.heartRate(Records.id("paula"), Records.id("paula-cuff"), "paula-again");
        String condition = "identifier=" + Canonicals.VITAL_IDENTIFIER + "|paula-again";
        String clinic = TOKENS.clinicSystem(OTHER_CLINIC);
        String gateway = TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", OTHER_CLINIC)
                .claim("scope", "system/Observation.c"));
        Answer first = create(clinic, vital, condition);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        Answer again = create(clinic, vital, condition);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        Answer byGateway = create(gateway, vital, condition);
        assertThat(byGateway.status()).as(byGateway.body()).isEqualTo(200);
        assertThat(byGateway.body()).doesNotContain("8867-4");
        Bundle bundle = Records.transaction(vital);
        bundle.getEntryFirstRep().getRequest().setIfNoneExist(condition);
        Answer inTransaction = post("", clinic, bundle);
        assertThat(inTransaction.status()).as(inTransaction.body()).isEqualTo(200);
        assertThat(inTransaction.bundle().getEntryFirstRep().getResponse().getStatus())
                .startsWith("200");
        Answer found = get(
                "/Observation?patient=" + Records.id("paula") + "&identifier=" + Canonicals.VITAL_IDENTIFIER
                        + "%7Cpaula-again",
                clinic);
        assertThat(found.bundle().getEntry()).hasSize(1);
    }

    @Test
    void anotherPatientsVitalOfTheSameNumberIsNotFoundByACondition() {
        patientWithVital("rita", OTHER_CLINIC, true);
        patientWithVital("sonja", Records.CLINIC, true);
        Observation vital = Records.heartRate(Records.id("rita"), Records.id("rita-cuff"), "sonja-1");
        Answer created = create(
                TOKENS.clinicSystem(OTHER_CLINIC), vital, "identifier=" + Canonicals.VITAL_IDENTIFIER + "|sonja-1");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    @Test
    void algorithmsAreFoundWithoutAPatientAndPatientsDevicesAreNot() {
        patientWithVital("tina", Records.CLINIC, true);
        Device algorithm = new Device();
        algorithm.setId(Records.id("policy-algorithm"));
        algorithm.setStatus(FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(DeviceNameType.MODELNAME);
        algorithm.setType(new CodeableConcept(new Coding(Codes.SNOMED, Codes.SOFTWARE, null)));
        algorithm.addVersion().setValue("1.0.0");
        load(Records.transaction(algorithm));
        Answer found = get("/Device", TOKENS.job());
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).contains(Records.id("policy-algorithm")).doesNotContain(Records.id("tina-cuff"));
    }

    @Test
    void transactionWithAnEntryForAHiddenPatientStoresNothing() {
        patientWithVital("ulla", OTHER_CLINIC, true);
        patientWithVital("vera", Records.CLINIC, true);
        long before = stored("Observation");
        Bundle bundle = Records.transaction(
                Records.heartRate(Records.id("ulla"), Records.id("ulla-cuff"), "ulla-2"),
                Records.heartRate(Records.id("vera"), Records.id("vera-cuff"), "vera-2"));
        Answer answer = post("", TOKENS.clinicSystem(OTHER_CLINIC), bundle);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsOnly("SN-REFERENCE-001");
        Bundle reading = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        reading.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Observation/" + Records.id("vera-hr"));
        assertThat(post("", TOKENS.clinicSystem(OTHER_CLINIC), reading).codes()).containsExactly("SN-BUNDLE-001");
        assertThat(stored("Observation")).isEqualTo(before);
    }

    /** A patient of a clinic with a cuff, one heart rate, and a Consent for TREAT or none. */
    private static Consent patientWithVital(String name, String clinic, boolean consenting) {
        String patient = Records.id(name);
        Observation vital = Records.heartRate(patient, Records.id(name + "-cuff"), name + "-1");
        vital.setId(Records.id(name + "-hr"));
        Consent consent = Consents.denying(patient);
        consent.setId(Records.id(name + "-consent"));
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patient));
        consent.addOrganization(new Reference("Organization/" + clinic));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        if (consenting) {
            Consents.permit(consent, clinic, Purpose.TREAT);
        }
        load(Records.transaction(
                Records.organization(clinic, "Praxis"),
                Records.patient(patient),
                Records.cuff(Records.id(name + "-cuff"), patient),
                Records.careTeam(Records.id(name + "-team"), patient, clinic),
                consent));
        load(Records.transaction(vital));
        return consent;
    }

    private static Answer create(String token, Observation vital, String condition) {
        return send(request("/Observation", token)
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", condition)
                .POST(BodyPublishers.ofString(json(vital))));
    }

    /** The searchset's own id and time. */
    private static String withoutFleeting(Answer answer) {
        return Pattern.compile("\"(id|lastUpdated)\": *\"[^\"]*\"")
                .matcher(answer.body())
                .replaceAll("");
    }
}
