package eu.sinusnode.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.search.ValueCondition.Code;
import eu.sinusnode.policy.search.ValueCondition.Comparison;
import eu.sinusnode.policy.search.ValueCondition.Reading;
import eu.sinusnode.policy.search.ValueCondition.Unit;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of quantities and composites, as R4 writes them. */
class ValueConditionTest {

    private static List<ValueCondition> quantities(String occurrence) {
        return ((Reading.Read) ValueCondition.read(ValueParameter.VALUE_QUANTITY, occurrence)).alternatives();
    }

    @ParameterizedTest
    @CsvSource({
        "5.4, EQ, 5.4",
        "eq5.4, EQ, 5.4",
        "ne5, NE, 5",
        "gt140, GT, 140",
        "lt-1.5, LT, -1.5",
        "ge1e3, GE, 1000",
        "le5.40e-3, LE, 0.0054",
        "sa140, GT, 140",
        "eb60, LT, 60",
        "ap72, AP, 72"
    })
    void prefixAndNumberAreRead(String value, Comparison comparison, BigDecimal number) {
        assertThat(quantities(value)).singleElement().satisfies(condition -> {
            assertThat(condition.comparison()).isEqualTo(comparison);
            assertThat(condition.number()).isEqualByComparingTo(number);
            assertThat(condition.unit()).isNull();
            assertThat(condition.code()).isNull();
        });
    }

    @Test
    void aUnitHasASystemOrAny() {
        assertThat(quantities("5|http://unitsofmeasure.org|mm[Hg],gt6||mmHg"))
                .containsExactly(
                        new ValueCondition(
                                null,
                                Comparison.EQ,
                                new BigDecimal("5"),
                                new Unit("http://unitsofmeasure.org", "mm[Hg]")),
                        new ValueCondition(null, Comparison.GT, new BigDecimal("6"), new Unit(null, "mmHg")));
        assertThat(quantities("5||a\\,b\\|c"))
                .extracting(ValueCondition::unit)
                .containsExactly(new Unit(null, "a,b|c"));
    }

    @Test
    void aCompositeSaysWhatTheValueIsOf() {
        Reading reading = ValueCondition.read(
                ValueParameter.COMBO_CODE_VALUE_QUANTITY,
                "http://loinc.org|8480-6$gt140||mm[Hg],|in-house$5,http://a.example/x\\$y|z$1");
        assertThat(((Reading.Read) reading).alternatives())
                .extracting(ValueCondition::code)
                .containsExactly(
                        new Code("http://loinc.org", "8480-6"),
                        new Code("", "in-house"),
                        new Code("http://a.example/x$y", "z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "gt",
                "xx5",
                "GT5",
                " 5",
                "+5",
                "5.",
                ".5",
                "5,",
                "1e999",
                "NaN",
                "5|",
                "5|mg",
                "5||",
                "5|u|",
                "5|a|b|c",
                "||mg",
                "12345678901234567890",
                "8480-6$5"
            })
    void whatIsNoQuantityIsRefused(String value) {
        assertThat(ValueCondition.read(ValueParameter.COMPONENT_VALUE_QUANTITY, value))
                .isEqualTo(new Reading.Refused("a value of component-value-quantity compares with a number,"
                        + " number|system|unit or number||unit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "gt140",
                "http://loinc.org|8480-6",
                "8480-6$gt140",
                "http://loinc.org|$gt140",
                "a|b|c$5",
                "a|b$5$6",
                "a|b$5,8480-6$5",
                "a|b\\$5"
            })
    void whatIsNoCompositeIsRefused(String value) {
        assertThat(ValueCondition.read(ValueParameter.CODE_VALUE_QUANTITY, value))
                .isEqualTo(new Reading.Refused(
                        "a value of code-value-quantity is system|code$quantity, with the code's system"));
    }

    @Test
    void alternativesAreBounded() {
        String most = String.join(",", Collections.nCopies(ValueCondition.MOST_ALTERNATIVES, "gt1||x"));

        assertThat(ValueCondition.read(ValueParameter.COMBO_VALUE_QUANTITY, most))
                .isInstanceOf(Reading.Read.class);
        assertThat(ValueCondition.read(ValueParameter.COMBO_VALUE_QUANTITY, most + ",gt1||x"))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void onlyObservationsHaveThem() {
        assertThat(ValueParameter.of("Observation", "combo-value-quantity"))
                .contains(ValueParameter.COMBO_VALUE_QUANTITY);
        assertThat(ValueParameter.of("Observation", "combo-code")).isEmpty();
        assertThat(ValueParameter.of("Goal", "value-quantity")).isEmpty();
    }
}
