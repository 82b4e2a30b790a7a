package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** R4 binds document types and report codes to value sets that filter LOINC, whose content is not shipped. */
class FilteredValueSetsTest {

    private static final CodeableConcept EXERCISE_TEST = new CodeableConcept(new Coding(Codes.LOINC, "18752-6", null));

    @Test
    void aCodeThatCannotBeToldIsNoError() {
        DiagnosticReport report = new DiagnosticReport()
                .setStatus(DiagnosticReportStatus.FINAL)
                .setCode(EXERCISE_TEST)
                .setSubject(new Reference("Patient/anna"));
        assertThat(SharedValidator.VALIDATOR.validate(report)).noneMatch(ValidationIssue::isError);
        assertThat(SharedValidator.VALIDATOR.validate(composition("34133-9"))).noneMatch(ValidationIssue::isError);
    }

    @Test
    void whatElseIsWrongIsStillSaid() {
        Composition untitled = composition("34133-9");
        untitled.setTitle(null);

        assertThat(SharedValidator.VALIDATOR.validate(untitled))
                .filteredOn(ValidationIssue::isError)
                .extracting(ValidationIssue::message)
                .anyMatch(message -> message.contains("title"));
    }

    private static Composition composition(String type) {
        Composition composition = new Composition();
        composition.setStatus(CompositionStatus.FINAL).setTitle("Visit").setDate(new Date(0));
        composition.setType(new CodeableConcept(new Coding(Codes.LOINC, type, null)));
        composition.setSubject(new Reference("Patient/anna"));
        composition.addAuthor(new Reference("Practitioner/who"));
        return composition;
    }
}
