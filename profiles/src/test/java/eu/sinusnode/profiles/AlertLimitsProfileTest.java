package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertLimitsProfileTest extends AbstractProfileTest {

    AlertLimitsProfileTest() {
        super("alert-limits", Canonicals.ALERT_LIMITS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // code, low, high, unit, refused by
                "8480-6,-,160,mm[Hg],-",
                "8480-6,100,160,mm[Hg],sn-limit-2",
                "8480-6,-,1600,mm[Hg],sn-limit-2",
                "8480-6,-,21,kPa,sn-limit-2",
                "8480-6,-,-,mm[Hg],Validation_VAL_Profile_Minimum",
                "8462-4,-,100,mm[Hg],-",
                "8462-4,-,100,%,sn-limit-3",
                "8462-4,-,160,mm[Hg],sn-limit-3",
                "2708-6,86,-,%,-",
                "2708-6,86,95,%,sn-limit-4",
                "2708-6,0.86,-,1,sn-limit-4",
                "8867-4,45,-,/min,-",
                "8867-4,45,120,/min,sn-limit-5",
                "40443-4,45,-,/min,-",
                "40443-4,-,120,/min,-",
                "40443-4,45,120,/min,-",
                "40443-4,120,45,/min,rng-2",
                "40443-4,5,-,/min,sn-limit-6",
                "29463-7,50,90,kg,sn-limit-1"
            })
    void limitIsOfAMeasurementThatRulesHeed(String code, Double low, Double high, String unit, String refused) {
        assertThat(errorCodes(changed(Goal.class, goal -> goal.setTarget(List.of(target(code, low, high, unit))))))
                .isEqualTo(refused == null ? List.of() : List.of(refused));
    }

    @Test
    void limitIsSetBySomebody() {
        assertThat(errors(changed(Goal.class, goal -> goal.setExpressedBy(null))))
                .isNotEmpty();
    }

    @Test
    void limitHoldsUntilItIsEnded() {
        assertThat(errors(changed(Goal.class, goal -> goal.getTargetFirstRep().setDue(new DateType("2026-12-31")))))
                .isNotEmpty();
    }

    @Test
    void limitIsARange() {
        assertThat(errors(changed(Goal.class, goal -> goal.getTargetFirstRep()
                        .setDetail(new Quantity()
                                .setValue(160)
                                .setSystem(Codes.UCUM)
                                .setCode("mm[Hg]")))))
                .isNotEmpty();
    }

    private static GoalTargetComponent target(String code, Double low, Double high, String unit) {
        Range range = new Range();
        if (low != null) {
            range.setLow(quantity(low, unit));
        }
        if (high != null) {
            range.setHigh(quantity(high, unit));
        }
        GoalTargetComponent target = new GoalTargetComponent();
        target.setMeasure(new CodeableConcept());
        target.getMeasure().addCoding().setSystem(Codes.LOINC).setCode(code);
        return range.isEmpty() ? target : target.setDetail(range);
    }

    private static Quantity quantity(double value, String unit) {
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }
}
