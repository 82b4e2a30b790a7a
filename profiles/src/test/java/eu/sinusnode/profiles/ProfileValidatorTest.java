package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ProfileValidatorTest {

    private static final ProfileValidator VALIDATOR = SharedValidator.VALIDATOR;

    @Test
    void profileThatTheSenderNamesAndWeDoNotKnowIsWarning() {
        Resource rate = heartRate();
        rate.getMeta().addProfile("https://example.org/fhir/StructureDefinition/my-heart-rate");
        assertThat(VALIDATOR.validate(rate)).noneMatch(ValidationIssue::isError).anySatisfy(issue -> {
            assertThat(issue.severity()).isEqualTo(ValidationIssue.Severity.WARNING);
            assertThat(issue.message()).contains("my-heart-rate");
        });
    }

    @Test
    void profileThatTheSenderNamesDoesNotReplaceTheImposedOne() {
        Observation rate = heartRate();
        rate.getMeta().addProfile("http://hl7.org/fhir/StructureDefinition/Observation");
        rate.setEffective(new DateTimeType("2026-05"));
        assertThat(VALIDATOR.validate(rate))
                .anyMatch(issue -> issue.isError() && issue.code().equals("sn-vital-1"));
    }

    @Test
    void knownProfileThatTheSenderNamesIsCheckedToo() {
        Observation rate = heartRate();
        rate.getMeta().addProfile("http://hl7.org/fhir/StructureDefinition/bodyweight");
        assertThat(VALIDATOR.validate(rate)).anyMatch(ValidationIssue::isError);
    }

    @Test
    void codeOfCodeSystemThatIsNotShippedIsWarning() {
        Condition condition = new Condition()
                .setSubject(new Reference("Patient/1"))
                .setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, "I48.0", null)));
        assertThat(VALIDATOR.validate(condition)).isNotEmpty().noneMatch(ValidationIssue::isError);
    }

    @Test
    void codeOutsideRequiredValueSetIsError() {
        Condition condition = new Condition()
                .setSubject(new Reference("Patient/1"))
                .setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, "I48.0", null)))
                .setClinicalStatus(new CodeableConcept(
                        new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "maybe", null)));
        assertThat(VALIDATOR.validate(condition))
                .filteredOn(ValidationIssue::isError)
                .isNotEmpty()
                .allMatch(issue -> issue.location().startsWith("Condition.clinicalStatus"));
    }

    @Test
    void unitsAreCheckedAsUcum() {
        assertThat(VALIDATOR.validate(laboratory("mmol/L"))).noneMatch(ValidationIssue::isError);
        assertThat(VALIDATOR.validate(laboratory("{beats}"))).noneMatch(ValidationIssue::isError);
        assertThat(VALIDATOR.validate(laboratory("furlong/fortnight"))).anyMatch(ValidationIssue::isError);
    }

    @Test
    void placeholderReferencesOfTransactionAreAccepted() {
        Observation rate = heartRate();
        rate.setSubject(new Reference("urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11"));
        rate.setDevice(new Reference("urn:uuid:5b6f0d59-1c1a-4a5c-8d68-0a6a5b7c8d9e"));
        assertThat(VALIDATOR.validate(rate)).noneMatch(ValidationIssue::isError);
    }

    @Test
    void versionsOfReferencesAreSeen() {
        Provenance provenance = (Provenance) SharedValidator.parse(Examples.valid("risk-provenance"));
        assertThat(provenance.getEntityFirstRep().getWhat().getReference()).contains("/_history/");
        assertThat(VALIDATOR.validate(provenance)).noneMatch(ValidationIssue::isError);
    }

    @Test
    void scriptInNarrativeIsError() {
        Patient patient = (Patient) SharedValidator.parse(Examples.valid("patient"));
        patient.getText().setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p onclick=\"go()\">x</p></div>");
        patient.getText().setStatus(org.hl7.fhir.r4.model.Narrative.NarrativeStatus.GENERATED);
        assertThat(VALIDATOR.validate(patient)).anyMatch(ValidationIssue::isError);
    }

    @Test
    void unknownProfileToCheckAgainstIsProgrammingError() {
        assertThatThrownBy(() -> VALIDATOR.validate(heartRate(), List.of("https://sinusnode.eu/fhir/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://sinusnode.eu/fhir/x");
    }

    @Test
    void messagesAreEnglishWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Patient patient = (Patient) SharedValidator.parse(Examples.valid("patient"));
            patient.setBirthDate(null);
            assertThat(VALIDATOR.validate(patient))
                    .filteredOn(ValidationIssue::isError)
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.message()).contains("minimum required = 1"));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** The validators are used again and again and by many threads: what came before must not show in an answer. */
    @Test
    void answersDependOnTheResourceAlone() throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (String name : Examples.validNames()) {
            resources.add(SharedValidator.parse(Examples.valid(name)));
            Examples.invalid(name).forEach(invalid -> resources.add(SharedValidator.parse(invalid.json())));
        }
        List<List<ValidationIssue>> first =
                resources.stream().map(VALIDATOR::validate).toList();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<ValidationIssue>>> calls = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                resources.forEach(resource -> calls.add(() -> VALIDATOR.validate(resource)));
            }
            int i = 0;
            for (Future<List<ValidationIssue>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(first.get(i % resources.size()));
                i++;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Observation heartRate() {
        return (Observation) SharedValidator.parse(Examples.valid("heart-rate"));
    }

    private static Observation laboratory(String unit) {
        return new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(new CodeableConcept(new Coding(Codes.LOINC, "2951-2", null)))
                .setValue(new Quantity().setValue(4.2).setSystem(Codes.UCUM).setCode(unit));
    }
}
