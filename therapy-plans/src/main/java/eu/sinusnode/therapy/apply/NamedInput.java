package eu.sinusnode.therapy.apply;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a condition of a programme may ask for, as a FHIRPath variable: {@code %systolic < 180}. An input that is not known
 * is empty there, so that FHIRPath's three-valued logic carries it through.
 */
public enum NamedInput {
    /** Integer: completed years. */
    AGE("age"),
    /** Decimal in mm[Hg]: the newest cuff pressure. */
    SYSTOLIC("systolic"),
    /** Decimal in mm[Hg], of the same measurement as {@link #SYSTOLIC}. */
    DIASTOLIC("diastolic"),
    /** Decimal in /min. */
    RESTING_HEART_RATE("restingHeartRate"),
    /** Decimal in kg: the newest weight less the lowest of the 72 hours before it. */
    WEIGHT_GAIN("weightGain"),
    /** Integer from 1 to 4. */
    NYHA_CLASS("nyhaClass"),
    /** Boolean. */
    SMOKER("smoker"),
    /** Boolean: told of in the newest answers to the questions on complaints. */
    CHEST_PAIN("chestPain"),
    HYPERTENSION("hypertension"),
    ATRIAL_FIBRILLATION("atrialFibrillation"),
    CORONARY_DISEASE("coronaryDisease"),
    HEART_FAILURE("heartFailure"),
    ACUTE_HEART_FAILURE("acuteHeartFailure"),
    UNSTABLE_ANGINA("unstableAngina"),
    /** Boolean: acute myocarditis, pericarditis or endocarditis. */
    ACUTE_INFLAMMATION("acuteInflammation");

    private final String variable;

    NamedInput(String variable) {
        this.variable = variable;
    }

    /** Its name in an expression, without the percent sign. */
    public String variable() {
        return variable;
    }

    static Optional<NamedInput> of(String variable) {
        return Arrays.stream(values())
                .filter(input -> input.variable.equals(variable))
                .findFirst();
    }
}
