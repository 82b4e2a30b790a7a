package eu.sinusnode.therapy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.therapy.apply.Judgement.Answer;
import java.time.Duration;
import org.hl7.fhir.r4.model.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three-valued: what is not known stays open, unless the rest decides. */
class ConditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%systolic < 180; YES",
                "%systolic >= 180; NO",
                "%restingHeartRate < 120; OPEN",
                "%restingHeartRate < 120 and %systolic < 180; OPEN",
                "%restingHeartRate < 120 and %systolic > 180; NO",
                "%restingHeartRate < 120 or %systolic < 180; YES",
                "%hypertension; YES",
                "%hypertension.not(); NO",
                "%unstableAngina.not(); OPEN",
                "%heartFailure.not() or %nyhaClass < 4; YES",
                "%nyhaClass = 2; YES",
                "%age >= 60 and %age < 61; YES",
                "true; YES"
            })
    void isJudged(String expression, Answer expected) {
        assertThat(conditions().judge(expression(expression)).answer()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%patient.name.exists()",
                "%systolic +",
                "%systolic",
                "%resource",
                "'%nothing' = 'x'",
                "Observation.where(",
                "(%age | %nyhaClass)"
            })
    void whatIsNotUnderstoodIsRefusedAndNotGuessed(String expression) {
        assertThatThrownBy(() -> conditions().judge(expression(expression)))
                .isInstanceOfSatisfying(ProgrammeException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ProgrammeException.Reason.NOT_UNDERSTOOD));
    }

    @Test
    void anotherLanguageOrALongExpressionIsRefused() {
        Expression cql = expression("true").setLanguage("text/cql");
        assertThatThrownBy(() -> conditions().judge(cql)).isInstanceOf(ProgrammeException.class);
        Expression longer = expression("true" + " and true".repeat(100));
        assertThatThrownBy(() -> conditions().judge(longer)).isInstanceOf(ProgrammeException.class);
    }

    @Test
    void itSaysWhatItWasJudgedBy() {
        assertThat(conditions()
                        .judge(expression("%systolic < 180 and %restingHeartRate < 120"))
                        .because())
                .as("of what is open, that which is not known")
                .isEqualTo("there is no heart rate at rest of the last 28 days");
        assertThat(conditions().judge(expression("%systolic < 180")).because()).isEqualTo("pressure 132 mm[Hg]");
    }

    private static Conditions conditions() {
        return new Conditions(
                Patients.FHIR,
                Patients.born("1966-03-01")
                        .pressure(132, 82)
                        .pressure(190, 110, Duration.ofDays(29), null)
                        .diagnosed("I10")
                        .diagnosed("I50.12")
                        .nyha(2)
                        .facts());
    }

    private static Expression expression(String expression) {
        return new Expression()
                .setName("condition")
                .setDescription("It holds")
                .setLanguage("text/fhirpath")
                .setExpression(expression);
    }
}
