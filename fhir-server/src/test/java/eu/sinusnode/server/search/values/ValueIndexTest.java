package eu.sinusnode.server.search.values;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.search.ValueCondition;
import eu.sinusnode.policy.search.ValueCondition.Code;
import eu.sinusnode.policy.search.ValueCondition.Comparison;
import eu.sinusnode.policy.search.ValueCondition.Unit;
import eu.sinusnode.policy.search.ValueParameter;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether the rows of a value and what a condition asks for meet. */
class ValueIndexTest {

    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code SYSTOLIC = new Code(Codes.LOINC, Codes.SYSTOLIC);
    private static final Code DIASTOLIC = new Code(Codes.LOINC, Codes.DIASTOLIC);
    private static final Unit MM_HG = new Unit(Codes.UCUM, "mm[Hg]");

    private static Observation heartRate() {
        Observation observation = new Observation();
        observation.getCode().addCoding().setSystem(Codes.LOINC).setCode(Codes.HEART_RATE);
        observation.getCode().addCoding().setCode("in-house");
        observation.setValue(quantity(63, Codes.UCUM, "/min"));
        return observation;
    }

    private static Observation pressure() {
        Observation observation = new Observation();
        observation.getCode().addCoding().setSystem(Codes.LOINC).setCode(Codes.BLOOD_PRESSURE_PANEL);
        observation.addComponent().setCode(concept(SYSTOLIC)).setValue(quantity(150, Codes.UCUM, "mm[Hg]"));
        observation.addComponent().setCode(concept(DIASTOLIC)).setValue(quantity(80, Codes.UCUM, "mm[Hg]"));
        return observation;
    }

    private static CodeableConcept concept(Code code) {
        CodeableConcept concept = new CodeableConcept();
        concept.addCoding().setSystem(code.system()).setCode(code.code());
        return concept;
    }

    private static Quantity quantity(int value, @Nullable String system, @Nullable String code) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(value))
                .setUnit("per minute")
                .setSystem(system)
                .setCode(code);
    }

    /** As the index does: by the place alone or with what stands there, and then by the unit. */
    private static boolean finds(
            Observation observation, ValueParameter parameter, @Nullable Code code, int value, @Nullable Unit unit) {
        ValueCondition condition = new ValueCondition(code, Comparison.EQ, BigDecimal.valueOf(value), unit);
        return ValueIndex.asked(parameter, condition).stream().anyMatch(asked -> ValueIndex.rows(observation).stream()
                .anyMatch(row -> row.value().compareTo(condition.number()) == 0
                        && (ValueIndex.isPlace(asked.subject())
                                ? row.subject().startsWith(asked.subject())
                                : row.subject().equals(asked.subject()))
                        && (asked.unit() == null || asked.unit().equals(row.unit()))));
    }

    @Test
    void aValueIsFoundWhereItStands() {
        assertThat(finds(heartRate(), ValueParameter.VALUE_QUANTITY, null, 63, null))
                .isTrue();
        assertThat(finds(heartRate(), ValueParameter.COMBO_VALUE_QUANTITY, null, 63, null))
                .isTrue();
        assertThat(finds(heartRate(), ValueParameter.COMPONENT_VALUE_QUANTITY, null, 63, null))
                .isFalse();
        assertThat(finds(pressure(), ValueParameter.VALUE_QUANTITY, null, 150, null))
                .isFalse();
        assertThat(finds(pressure(), ValueParameter.COMBO_VALUE_QUANTITY, null, 80, MM_HG))
                .isTrue();
        assertThat(finds(pressure(), ValueParameter.COMPONENT_VALUE_QUANTITY, null, 80, MM_HG))
                .isTrue();
    }

    @Test
    void aValueIsOfItsOwnCode() {
        for (ValueParameter parameter : new ValueParameter[] {
            ValueParameter.COMPONENT_CODE_VALUE_QUANTITY, ValueParameter.COMBO_CODE_VALUE_QUANTITY
        }) {
            assertThat(finds(pressure(), parameter, SYSTOLIC, 150, MM_HG)).isTrue();
            assertThat(finds(pressure(), parameter, SYSTOLIC, 150, null)).isTrue();
            assertThat(finds(pressure(), parameter, DIASTOLIC, 150, MM_HG)).isFalse();
            assertThat(finds(pressure(), parameter, SYSTOLIC, 80, null)).isFalse();
        }
        assertThat(finds(pressure(), ValueParameter.CODE_VALUE_QUANTITY, SYSTOLIC, 150, null))
                .isFalse();
        assertThat(finds(heartRate(), ValueParameter.CODE_VALUE_QUANTITY, HEART_RATE, 63, null))
                .isTrue();
        assertThat(finds(heartRate(), ValueParameter.COMBO_CODE_VALUE_QUANTITY, HEART_RATE, 63, null))
                .isTrue();
        assertThat(finds(heartRate(), ValueParameter.COMPONENT_CODE_VALUE_QUANTITY, HEART_RATE, 63, null))
                .isFalse();
        assertThat(finds(heartRate(), ValueParameter.CODE_VALUE_QUANTITY, new Code("", "in-house"), 63, null))
                .isTrue();
        assertThat(finds(heartRate(), ValueParameter.CODE_VALUE_QUANTITY, new Code("", Codes.HEART_RATE), 63, null))
                .isFalse();
    }

    @Test
    void aUnitIsOneOfItsSystem() {
        Observation other = heartRate();
        other.setValue(quantity(63, "http://units.example", "bpm"));
        Observation uncoded = heartRate();
        uncoded.setValue(quantity(63, null, null));
        Observation bare = heartRate();
        bare.setValue(new Quantity(63));
        assertThat(asks(heartRate(), Codes.UCUM, "/min")).isTrue();
        assertThat(asks(heartRate(), null, "/min")).isTrue();
        assertThat(asks(heartRate(), "http://units.example", "/min")).isFalse();
        assertThat(asks(heartRate(), null, "per minute")).isFalse();
        assertThat(asks(other, "http://units.example", "bpm")).isTrue();
        assertThat(asks(other, null, "bpm")).isTrue();
        assertThat(asks(other, Codes.UCUM, "bpm")).isFalse();
        assertThat(asks(uncoded, null, "per minute")).isTrue();
        assertThat(asks(bare, null, "/min")).isFalse();
        for (Observation each : new Observation[] {heartRate(), other, uncoded, bare}) {
            assertThat(finds(each, ValueParameter.VALUE_QUANTITY, null, 63, null))
                    .isTrue();
        }
    }

    private static boolean asks(Observation observation, @Nullable String system, String unit) {
        return finds(observation, ValueParameter.CODE_VALUE_QUANTITY, HEART_RATE, 63, new Unit(system, unit));
    }

    @Test
    void keysFitTheirColumns() {
        Code code = new Code("http://codes.example/" + "x".repeat(300), "y");
        Observation observation = new Observation();
        observation.setCode(concept(code)).setValue(quantity(1, "http://units.example/" + "x".repeat(300), "u"));
        assertThat(ValueIndex.rows(observation)).allSatisfy(row -> {
            assertThat(row.subject()).hasSizeLessThanOrEqualTo(200);
            assertThat(row.unit()).hasSizeLessThanOrEqualTo(200);
        });
        assertThat(finds(observation, ValueParameter.CODE_VALUE_QUANTITY, code, 1, null))
                .isTrue();
        assertThat(finds(observation, ValueParameter.CODE_VALUE_QUANTITY, new Code(code.system(), "z"), 1, null))
                .isFalse();
        assertThat(finds(observation, ValueParameter.VALUE_QUANTITY, null, 1, null))
                .isTrue();
    }

    /** One by each coding, or one by where it stands. */
    @Test
    void aVitalHasFewRows() {
        Observation rate = heartRate();
        rate.getCode().getCoding().remove(1);
        assertThat(ValueIndex.rows(rate)).hasSize(1);
        assertThat(ValueIndex.rows(pressure())).hasSize(2);
        rate.getCode().getCoding().clear();
        assertThat(ValueIndex.rows(rate)).hasSize(1);
        assertThat(finds(rate, ValueParameter.VALUE_QUANTITY, null, 63, null)).isTrue();
        assertThat(finds(rate, ValueParameter.COMPONENT_VALUE_QUANTITY, null, 63, null))
                .isFalse();
        assertThat(ValueIndex.rows(new Observation().setValue(new StringType("63"))))
                .isEmpty();
    }
}
