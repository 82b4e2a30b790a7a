package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoronaryFindingProfileTest extends AbstractProfileTest {

    CoronaryFindingProfileTest() {
        super("coronary-finding", Canonicals.CORONARY_FINDING);
    }

    @ParameterizedTest
    @CsvSource({"mm,0,true", "mm,10,true", "mm,10.1,false", "mV,1,true", "mV,1.1,false", "mm,-1,false"})
    void depressionIsFrom0To10Millimetres(String unit, double value, boolean accepted) {
        Observation depression = finding(Codes.EXERCISE_ST_DEPRESSION, quantity(value, unit));
        assertThat(errors(depression).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"40,true", "250,true", "39,false", "251,false"})
    void highestRateIsFrom40To250(double value, boolean accepted) {
        Observation rate = finding(Codes.MAXIMAL_EXERCISE_HEART_RATE, quantity(value, "/min"));
        assertThat(errors(rate).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void boundIsNoFinding() {
        Quantity bound = quantity(150, "/min").setComparator(Quantity.QuantityComparator.GREATER_THAN);
        assertThat(errorCodes(finding(Codes.MAXIMAL_EXERCISE_HEART_RATE, bound)))
                .containsExactly("sn-cor-4");
    }

    @Test
    void painIsOfOneOfTheTypes() {
        assertThat(errors(finding(
                        Codes.CHEST_PAIN_TYPE,
                        new CodeableConcept(new Coding(Canonicals.CHEST_PAIN_TYPES, Codes.ATYPICAL_ANGINA, null)))))
                .isEmpty();
        assertThat(errors(finding(
                        Codes.CHEST_PAIN_TYPE,
                        new CodeableConcept(new Coding(Canonicals.CHEST_PAIN_TYPES, "stabbing", null)))))
                .isNotEmpty();
    }

    @Test
    void anginaIsTrueOrFalse() {
        assertThat(errors(finding(Codes.EXERCISE_ANGINA, new BooleanType(false))))
                .isEmpty();
    }

    private Observation finding(String code, Type value) {
        return changed(Observation.class, finding -> {
            finding.getCode().getCodingFirstRep().setCode(code);
            finding.setValue(value);
        });
    }

    private static Quantity quantity(double value, String unit) {
        return new Quantity().setValue(value).setSystem(Codes.UCUM).setCode(unit);
    }
}
