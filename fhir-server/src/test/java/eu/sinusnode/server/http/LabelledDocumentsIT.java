package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A document is as confidential as what lies in it: under a deny of restricted records, one that looks like any other and holds
 * such a record is nowhere, whatever way it is asked for; one that holds none is given.
 */
class LabelledDocumentsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("labelled-documents");
    private static final String RANKS = DecisionWorld.CONFIDENTIALITY;
    private static int people;

    /** What lies in the document beside the Composition. */
    private enum Inside {
        NOTHING_LABELLED(false),
        STATED_RESTRICTED(true),
        STATED_VERY_RESTRICTED(true),
        A_CODE_THAT_SAYS_IT(true),
        A_DRUG_WITHIN_A_PRESCRIPTION(true),
        BEHIND_OTHERS(true);

        private final boolean denied;

        Inside(boolean denied) {
            this.denied = denied;
        }
    }

    private String person = "";
    private String patient = "";

    @BeforeEach
    void aPatientWhoPermitsAll() {
        if (people == 0) {
            WORLD.clinic();
        }
        person = "p" + people++;
        patient = WORLD.id(person);
        WORLD.person(person, "Dokument", "1950-01-01", true);
    }

    private void denyRestricted() {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + person), patient);
        consent.getProvision().getProvision().clear();
        Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT)
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addSecurityLabel(new Coding(RANKS, "R", null));
        Answer stored = put("/Consent/" + WORLD.id("consent-" + person), TOKENS.patient(patient), consent);
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    }

    private List<Resource> parts(Inside inside) {
        List<Resource> parts = new ArrayList<>();
        parts.add(rate());
        switch (inside) {
            case NOTHING_LABELLED -> {}
            case STATED_RESTRICTED -> label(parts.get(0), "R");
            case STATED_VERY_RESTRICTED -> label(parts.get(0), "V");
            case A_CODE_THAT_SAYS_IT -> parts.add(diagnosis("B24"));
            case A_DRUG_WITHIN_A_PRESCRIPTION -> parts.add(prescription());
            case BEHIND_OTHERS -> {
                for (int i = 0; i < 20; i++) {
                    parts.add(rate());
                }
                parts.add(label(rate(), "R"));
                parts.add(rate());
            }
        }
        return parts;
    }

    private Observation rate() {
        Observation rate = WORLD.heartRate(person, "rate-" + UUID.randomUUID(), 66, "2026-05-04T10:00:00Z");
        rate.setId(UUID.randomUUID().toString());
        return rate;
    }

    private static Resource label(Resource record, String rank) {
        record.getMeta().addSecurity(new Coding(RANKS, rank, null));
        return record;
    }

    private Condition diagnosis(String code) {
        Condition diagnosis = new Condition();
        diagnosis.setId(UUID.randomUUID().toString());
        diagnosis.setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, code, null)));
        diagnosis.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        return diagnosis.setSubject(new Reference("Patient/" + patient));
    }

    private MedicationRequest prescription() {
        Medication drug = new Medication();
        drug.setId("drug");
        drug.setCode(new CodeableConcept(new Coding("http://fhir.de/CodeSystem/bfarm/atc", "J05AR20", null)));
        MedicationRequest prescription = new MedicationRequest()
                .setStatus(MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequestIntent.ORDER);
        prescription.setId(UUID.randomUUID().toString());
        prescription.addContained(drug);
        prescription.setMedication(new Reference("#drug"));
        return prescription.setSubject(new Reference("Patient/" + patient));
    }

    private Bundle document(Inside inside) {
        Composition composition = new Composition();
        composition.setId(UUID.randomUUID().toString());
        composition.setStatus(CompositionStatus.FINAL).setTitle("Visit").setDateElement(new DateTimeType("2026-05-04"));
        composition.setType(new CodeableConcept(new Coding(Codes.LOINC, "34133-9", null)));
        composition.setSubject(new Reference("Patient/" + patient));
        composition.addAuthor(new Reference("Organization/" + WORLD.clinicId()));
        Bundle document = new Bundle().setType(BundleType.DOCUMENT);
        document.setTimestampElement(new InstantType("2026-05-04T12:00:00+02:00"));
        document.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + UUID.randomUUID());
        add(document, composition);
        add(document, Records.patient(patient));
        add(document, Records.organization(WORLD.clinicId(), "Herzpraxis"));
        Composition.SectionComponent section = composition.addSection().setTitle("Findings");
        for (Resource part : parts(inside)) {
            section.addEntry(new Reference(part.fhirType() + "/" + part.getIdPart()));
            add(document, part);
        }
        return document;
    }

    private static void add(Bundle document, Resource part) {
        document.addEntry()
                .setFullUrl(BASE + "/" + part.fhirType() + "/" + part.getIdPart())
                .setResource(part);
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentIsGivenOrHiddenByWhatLiesInIt(Inside inside) {
        Bundle document = document(inside);
        Answer created = post("/Bundle", WORLD.clinician(), document);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.resource().getIdElement().getIdPart();
        assertThat(get("/Bundle/" + id, WORLD.clinician()).status())
                .as("before the deny")
                .isEqualTo(200);
        denyRestricted();

        for (String path : List.of("", "/_history", "/_history/1", "/$meta")) {
            assertThat(get("/Bundle/" + id + path, WORLD.clinician()).status())
                    .as(path)
                    .isEqualTo(inside.denied ? 404 : 200);
        }
        List<String> searches = List.of(
                "/Bundle?patient=" + patient,
                "/Bundle?patient=" + patient + "&_id=" + id,
                "/Bundle?patient=" + patient + "&_security:not=" + RANKS + "%7CV",
                "/Bundle?patient=" + patient + "&_security=" + RANKS + "%7CR");
        for (String search : searches) {
            boolean expected = !inside.denied && !search.contains("_security=");
            Answer found = get(search + "&_total=accurate", WORLD.clinician());
            assertThat(found.status()).as(search + found.body()).isEqualTo(200);
            assertThat(found.bundle().getEntry()).as(search).hasSize(expected ? 1 : 0);
            assertThat(found.bundle().getTotal()).as(search).isEqualTo(expected ? 1 : 0);
        }
        assertThat(get("/Bundle?patient=" + patient + "&_summary=count", WORLD.clinician())
                        .bundle()
                        .getTotal())
                .isEqualTo(inside.denied ? 0 : 1);
        assertThat(get("/Bundle/_history?_count=100", WORLD.clinician()).body().contains(id))
                .isEqualTo(!inside.denied);
        assertThat(get("/Patient/" + patient + "/$everything?_count=100", WORLD.clinician())
                        .body()
                        .contains(id))
                .isEqualTo(!inside.denied);
        Parameters asked = DecisionWorld.ask(WORLD.clinicId(), null, "TREAT");
        DecisionWorld.about(asked, List.of("Bundle/" + id));
        Answer told = post("/Patient/" + patient + "/$consent-decision", TOKENS.patient(patient), asked);
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(DecisionWorld.part(
                        DecisionWorld.decisions((Parameters) told.resource()).get(0), "outcome"))
                .isEqualTo(inside.denied ? "deny" : "permit");
        assertThat(put("/Bundle/" + id, WORLD.clinician(), created.resource()).status())
                .as("nobody takes a label off by sending it without")
                .isEqualTo(403);
        assertThat(get("/Bundle/" + id, TOKENS.patient(patient)).status())
                .as("the patient's own")
                .isEqualTo(200);
    }
}
