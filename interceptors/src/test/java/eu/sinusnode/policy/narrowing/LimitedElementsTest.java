package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.testing.PolicyServer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record is held against is what the storage finds it by: R4's own path of the parameter says the same codings. */
class LimitedElementsTest {

    private static final FhirContext FHIR = PolicyServer.FHIR;

    static Stream<Resource> limited() {
        AllergyIntolerance allergy = new AllergyIntolerance().setCode(coded("code"));
        allergy.addReaction().setSubstance(coded("substance"));
        return Stream.of(
                allergy,
                new Condition().setCode(coded("code")).addCategory(coded("category")),
                new DiagnosticReport().setCode(coded("code")).addCategory(coded("category")),
                new DocumentReference().setType(coded("type")).addCategory(coded("category")),
                new Encounter().addType(coded("type")).addType(coded("other")),
                new Immunization().setVaccineCode(coded("vaccine")),
                new ListResource().setCode(coded("code")),
                new MedicationAdministration().setMedication(coded("drug")),
                new MedicationRequest().setMedication(coded("drug")).addCategory(coded("category")),
                new MedicationStatement().setMedication(coded("drug")).setCategory(coded("category")),
                new Observation().setCode(coded("code")).addCategory(coded("category")),
                new Procedure().setCode(coded("code")).setCategory(coded("category")),
                new ServiceRequest().setCode(coded("code")).addCategory(coded("category")));
    }

    @ParameterizedTest
    @MethodSource("limited")
    void saysWhatTheSearchParameterFinds(Resource record) {
        String type = record.fhirType();
        assertThat(LimitedElements.tokens(record).keySet()).isEqualTo(LimitingParameters.all(type));
        LimitingParameters.all(type)
                .forEach(parameter -> assertThat(LimitedElements.tokens(record).get(parameter))
                        .as(type + "?" + parameter)
                        .isNotEmpty()
                        .isEqualTo(found(record, parameter)));
    }

    @Test
    void everyTypeThatCanBeLimitedIsHere() {
        assertThat(limited().map(Resource::fhirType).collect(Collectors.toSet()))
                .isEqualTo(LimitingParameters.types());
        LimitingParameters.types()
                .forEach(type -> assertThat(AccessMatrix.standard().searchParameters(type))
                        .as(type)
                        .containsAll(LimitingParameters.all(type)));
    }

    @Test
    void aDrugThatIsNamedByAReferenceHasNoCode() {
        MedicationRequest request = new MedicationRequest().setMedication(new Reference("Medication/1"));

        assertThat(LimitedElements.tokens(request).get("code")).isEmpty();
    }

    /** A coding without a system is no code that anybody could have permitted. */
    @Test
    void halfACodingCountsForNothing() {
        Observation half = new Observation().setCode(new CodeableConcept(new Coding(null, "x", null)));

        assertThat(LimitedElements.tokens(half).get("code")).isEmpty();
    }

    private static Set<String> found(Resource record, String parameter) {
        RuntimeSearchParam definition =
                FHIR.getResourceDefinition(record.fhirType()).getSearchParam(parameter);
        Set<String> tokens = new TreeSet<>();
        Arrays.stream(definition.getPath().split("\\|"))
                .map(String::strip)
                .map(path -> path.startsWith("(") ? path.substring(1, path.length() - 1) : path)
                .filter(path -> path.startsWith(record.fhirType() + "."))
                .flatMap(path -> FHIR.newFhirPath().evaluate(record, path, Base.class).stream())
                .flatMap(concept -> ((CodeableConcept) concept).getCoding().stream())
                .forEach(coding -> tokens.add(coding.getSystem() + "|" + coding.getCode()));
        return tokens;
    }

    private static CodeableConcept coded(String code) {
        return new CodeableConcept(new Coding("urn:test", code, null));
    }
}
