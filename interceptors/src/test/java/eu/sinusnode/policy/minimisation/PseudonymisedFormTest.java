package eu.sinusnode.policy.minimisation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PseudonymisedFormTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final Path EXAMPLES = Path.of("..", "profiles", "examples", "valid");
    private static final Path COHORT = Path.of("..", "sample-data", "cohort-small", "bundles");
    private static final Pseudonyms NAMES = Pseudonyms.of(new SecretKeySpec(new byte[32], "HmacSHA256"), "institute");
    private static final PseudonymisedForm FORM = new PseudonymisedForm(NAMES, Year.of(2026));

    static List<String> types() {
        return List.copyOf(PseudonymisedElements.types());
    }

    /** Of everything that FHIR's model can hold. */
    @ParameterizedTest
    @MethodSource("types")
    void noTextIdOrExactDateOfARecordIsLeft(String type) {
        for (Resource filled : new FilledResources(CONTEXT, false).of(type)) {
            String before = json(filled);
            assertThat(before).contains(FilledResources.CANARY, FilledResources.ID, FilledResources.DAY);

            String left = json(FORM.of(filled).orElseThrow());

            assertThat(left)
                    .doesNotContain(FilledResources.CANARY)
                    .doesNotContain(FilledResources.ID)
                    .doesNotContain(FilledResources.DAY)
                    .doesNotContain("13:27")
                    .doesNotContain("contained")
                    .doesNotContain("extension")
                    .contains("PSEUDED");
            assertThat(json(filled)).as("the record itself").isEqualTo(before);
        }
    }

    /** Codes and units are words as well, when nobody else knows them. */
    @ParameterizedTest
    @MethodSource("types")
    void noCodeOfASystemThatNobodyKnowsIsLeft(String type) {
        for (Resource filled : new FilledResources(CONTEXT, true).of(type)) {
            FORM.of(filled).ifPresent(left -> assertThat(json(left)).doesNotContain(FilledResources.CANARY));
        }
    }

    @Test
    void noWordOfTheExamplesIsLeft() throws IOException {
        int formed = 0;
        for (Resource example : resources(EXAMPLES)) {
            formed += leaksNothing(example);
        }
        assertThat(formed).isGreaterThan(20);
    }

    @Test
    void noWordOfTheCohortIsLeft() throws IOException {
        int formed = 0;
        for (Resource bundle : resources(COHORT)) {
            for (Bundle.BundleEntryComponent entry : ((Bundle) bundle).getEntry()) {
                formed += leaksNothing(entry.getResource());
            }
        }
        assertThat(formed).isGreaterThan(300);
    }

    /** @return 1 when the record has a form */
    private static int leaksNothing(Resource record) {
        if (!record.hasId()) {
            record.setId(record.fhirType() + "/" + FilledResources.ID);
        }
        String id = record.getIdElement().getIdPart();
        Optional<Resource> form = FORM.of(record);
        if (form.isEmpty()) {
            return 0;
        }
        String left = json(form.get());
        for (String secret : secrets(json(record))) {
            assertThat(left).as(record.fhirType()).doesNotContain(secret);
        }
        assertThat(left).doesNotContain(id);
        for (String date : left.split("\"")) {
            if (date.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}.*")) {
                assertThat(java.time.LocalDate.parse(date).getDayOfWeek()).isEqualTo(java.time.DayOfWeek.MONDAY);
            }
        }
        return 1;
    }

    /** Ids, times of day, and what people wrote, as it stands in the JSON. */
    private static List<String> secrets(String json) {
        List<String> secrets = new ArrayList<>();
        var named = java.util.regex.Pattern.compile(
                        "\"(?:value|family|text|display|title|line|city|div|reference|lastUpdated|serialNumber)\":\"([^\"]{4,})\"")
                .matcher(json);
        while (named.find()) {
            secrets.add("\"" + named.group(1) + "\"");
        }
        var times = java.util.regex.Pattern.compile("T[0-9]{2}:[0-9]{2}").matcher(json);
        while (times.find()) {
            secrets.add(times.group());
        }
        return secrets;
    }

    @Test
    void aVitalSignKeepsWhatResearchNeeds() {
        Observation pressure = (Observation) CONTEXT.newJsonParser().parseResource("""
                {"resourceType": "Observation", "id": "4d3c2b1a-0f9e-5d8c-b7a6-95847362514f", "status": "final",
                 "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
                 "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9", "display": "Blutdruck"}], "text": "Blutdruck Brandt"},
                 "subject": {"reference": "Patient/0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f", "display": "Helga Brandt"},
                 "effectiveDateTime": "2026-05-06T07:12:00+02:00", "issued": "2026-05-06T07:12:05+02:00",
                 "performer": [{"reference": "Practitioner/1"}], "device": {"reference": "Device/1"}, "note": [{"text": "nervous"}],
                 "component": [{"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
                   "valueQuantity": {"value": 141, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}}]}
                """);

        assertThat(json(FORM.of(pressure).orElseThrow()))
                .isEqualTo(("{'resourceType':'Observation','id':'" + NAMES.of("Observation", pressure.getIdPart())
                                + "','meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ObservationValue','code':'PSEUDED'}]},"
                                + "'status':'final','category':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/observation-category','code':'vital-signs'}]}],"
                                + "'code':{'coding':[{'system':'http://loinc.org','code':'85354-9'}]},"
                                + "'subject':{'reference':'Patient/"
                                + NAMES.of("Patient", "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f")
                                + "'},'effectiveDateTime':'2026-05-04',"
                                + "'component':[{'code':{'coding':[{'system':'http://loinc.org','code':'8480-6'}]},"
                                + "'valueQuantity':{'value':141,'system':'http://unitsofmeasure.org','code':'mm[Hg]'}}]}")
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04, 2026-05-04", // a Monday
        "2026-05-10, 2026-05-04",
        "2026-01-01T00:30:00+01:00, 2025-12-29",
        "2026-05, 2026-05",
        "2026, 2026"
    })
    void dateBecomesTheMondayOfItsWeek(String date, String told) {
        assertThat(Coarsening.week(date)).contains(told);
    }

    @ParameterizedTest
    @CsvSource({"1952-08-17, 1952", "1952, 1952", "1937-12-31, 1937", "1936-01-01, 1936", "1921-05-05, 1936"})
    void birthBecomesTheYearAndTheEldestAreOne(String birthDate, String told) {
        Patient patient = new Patient().setBirthDateElement(new DateType(birthDate));
        patient.setId("Patient/" + FilledResources.ID);

        Patient form = (Patient) FORM.of(patient).orElseThrow();

        assertThat(form.getBirthDateElement().getValueAsString()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"04103, DE, 04, DE", "1010, AT, 10, AT", "SW1A 1AA, GB,, GB", "04103, Germany, 04,"})
    void whereSomebodyLivesIsARegion(String code, String country, String region, String told) {
        Patient patient = new Patient();
        patient.setId("Patient/" + FilledResources.ID);
        patient.addAddress().setPostalCode(code).setCountry(country).setCity("Leipzig");

        Patient form = (Patient) FORM.of(patient).orElseThrow();

        assertThat(form.getAddressFirstRep().getPostalCode()).isEqualTo(region);
        assertThat(form.getAddressFirstRep().getCountry()).isEqualTo(told);
        assertThat(form.getAddressFirstRep().hasCity()).isFalse();
    }

    @Test
    void whatSaysNothingWithoutItsCodeIsLeftOut() {
        Observation own = new Observation();
        own.setId("Observation/" + FilledResources.ID);
        own.getCode().setText("What Dr. Weber saw");
        assertThat(FORM.of(own)).isEmpty();
        for (Resource bare : List.of(
                new Condition(), new Procedure(), new AllergyIntolerance(), new Encounter(), new MedicationRequest())) {
            bare.setId(bare.fhirType() + "/" + FilledResources.ID);
            assertThat(FORM.of(bare)).as(bare.fhirType()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Binary",
        "DocumentReference",
        "Consent",
        "Coverage",
        "RelatedPerson",
        "Device",
        "Provenance",
        "Organization"
    })
    void otherTypesHaveNoForm(String type) {
        Resource record = (Resource) CONTEXT.getResourceDefinition(type).newInstance();
        record.setId(type + "/" + FilledResources.ID);

        assertThat(FORM.of(record)).isEmpty();
        assertThat(FORM.name(type, FilledResources.ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://loinc.org, 8867-4, true",
        "http://loinc.org, LA6568-5, true",
        "http://loinc.org, Brandt, false",
        "http://snomed.info/sct, 49436004, true",
        "http://snomed.info/sct, Helga-1, false",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm, I48.0, true",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm, I50.13, true",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm, Brandt, false",
        "http://fhir.de/CodeSystem/bfarm/atc, B01AF02, true",
        "http://fhir.de/CodeSystem/bfarm/ops, 8-837.00, true",
        "https://praxis-brandt.example/codes, 1, false",
        "http://terminology.hl7.org/CodeSystem/observation-category, vital-signs, true",
        "http://terminology.hl7.org/CodeSystem/x/Brandt, vital-signs, false",
        "http://terminology.hl7.org/CodeSystem/observation-category, Helga Brandt, false"
    })
    void codesAreOfSystemsThatEverybodyKnowsAndLookLikeThem(String system, String code, boolean left) {
        Condition condition = new Condition();
        condition.setId("Condition/" + FilledResources.ID);
        condition.getCode().addCoding().setSystem(system).setCode(code);

        assertThat(FORM.of(condition).isPresent()).isEqualTo(left);
    }

    @Test
    void referencesFollowTheirRecords() {
        Observation finding = new Observation();
        finding.setId("Observation/" + FilledResources.ID);
        finding.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        finding.getSubject().setReference("Patient/p1/_history/4");
        finding.addDerivedFrom().setReference("Observation/o1");
        finding.addDerivedFrom().setReference("DocumentReference/d1");
        finding.addHasMember().setReference("https://elsewhere.example/fhir/Observation/o1");
        finding.addHasMember().setReference("#inside");

        Observation form = (Observation) FORM.of(finding).orElseThrow();

        assertThat(form.getSubject().getReference()).isEqualTo("Patient/" + NAMES.of("Patient", "p1"));
        assertThat(form.getDerivedFrom())
                .extracting(reference -> reference.getReference())
                .containsExactly("Observation/" + NAMES.of("Observation", "o1"));
        assertThat(form.hasHasMember()).isFalse();
        assertThat(FORM.name("Observation", "o1")).contains("Observation/" + NAMES.of("Observation", "o1"));
    }

    private static List<Resource> resources(Path folder) throws IOException {
        List<Resource> resources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                resources.add((Resource) CONTEXT.newJsonParser().parseResource(Files.readString(file)));
            }
        }
        return resources;
    }

    private static String json(Resource resource) {
        return CONTEXT.newJsonParser().encodeResourceToString(resource);
    }
}
