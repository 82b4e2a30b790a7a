package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaboratoryValueProfileTest extends AbstractProfileTest {

    LaboratoryValueProfileTest() {
        super("laboratory-value", Canonicals.LABORATORY_VALUE);
    }

    /** Code, unit, lowest, highest, a step beyond, key of the invariant: each code in each of its units. */
    @ParameterizedTest
    @CsvSource({
        "14682-9,umol/L,10,3000,1,1",
        "2160-0,mg/dL,0.1,34,0.05,1",
        "98979-8,mL/min/{1.73_m2},1,250,0.5,2",
        "62238-1,mL/min/{1.73_m2},1,250,0.5,2",
        "33914-3,mL/min,1,250,0.5,2",
        "14647-2,mmol/L,0.5,30,0.1,3",
        "2093-3,mg/dL,20,1200,1,3",
        "14646-4,mmol/L,0.05,5,0.01,4",
        "2085-9,mg/dL,2,200,1,4",
        "22748-8,mmol/L,0.05,25,0.01,5",
        "39469-2,mmol/L,0.05,25,0.01,5",
        "13457-7,mg/dL,2,1000,1,5",
        "18262-6,mg/dL,2,1000,1,5",
        "4548-4,%,2,25,0.1,6",
        "59261-8,mmol/mol,5,250,1,6",
        "2345-7,mg/dL,10,2000,1,7",
        "2339-0,mg/dL,10,2000,1,7",
        "1558-6,mg/dL,10,2000,1,7",
        "14749-6,mmol/L,0.5,110,0.1,7",
        "15074-8,mmol/L,0.5,110,0.1,7",
        "14771-0,mmol/L,0.5,110,0.1,7",
        "2823-3,mmol/L,1,12,0.1,8",
        "6298-4,meq/L,1,12,0.1,8",
        "33762-6,ng/L,1,400000,0.5,9",
        "33762-6,pg/mL,1,400000,0.5,9",
        "6301-6,1,0.5,20,0.1,10",
        "6301-6,{INR},0.5,20,0.1,10",
        "14631-6,umol/L,0.1,1500,0.05,11",
        "1975-2,mg/dL,0.01,90,0.005,11",
        "1742-6,U/L,0,50000,1,12",
        "1920-8,U/L,0,50000,1,12"
    })
    void eachCodeHasItsUnitAndRange(
            String code, String unit, double lowest, double highest, double step, String invariant) {
        assertThat(errors(value(code, unit, lowest))).isEmpty();
        assertThat(errors(value(code, unit, highest))).isEmpty();
        assertThat(errorCodes(value(code, unit, lowest - step))).containsExactly("sn-lab-" + invariant);
        assertThat(errorCodes(value(code, unit, highest + step))).containsExactly("sn-lab-" + invariant);
        assertThat(errorCodes(value(code, "kg", highest))).containsExactly("sn-lab-" + invariant);
    }

    @Test
    void valueSetNamesTheCodesThatImposeTheProfile() {
        assertThat(ProfilePackage.load(SharedValidator.FHIR).resources().stream()
                        .filter(resource -> resource.getUrl().endsWith("/ValueSet/laboratory-code"))
                        .map(ValueSet.class::cast)
                        .flatMap(codes -> codes.getCompose().getInclude().get(0).getConcept().stream())
                        .map(ValueSet.ConceptReferenceComponent::getCode))
                .containsExactlyInAnyOrderElementsOf(LaboratoryCodes.ALL);
    }

    @Test
    void laboratoryMayStateABound() {
        Observation above = value(LaboratoryCodes.EGFR, "mL/min/{1.73_m2}", 90);
        above.getValueQuantity().setComparator(Quantity.QuantityComparator.GREATER_THAN);
        assertThat(errors(above)).isEmpty();
    }

    @Test
    void valueThatCouldNotBeDeterminedIsAcceptedWithItsReason() {
        assertThat(errors(changed(Observation.class, value -> value.setValue(null)
                        .setDataAbsentReason(new CodeableConcept(new Coding(
                                "http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null))))))
                .isEmpty();
    }

    private Observation value(String code, String unit, double value) {
        return changed(Observation.class, laboratory -> {
            laboratory.getCode().getCodingFirstRep().setCode(code);
            laboratory.getValueQuantity().setValue(value).setUnit(unit).setCode(unit);
        });
    }
}
