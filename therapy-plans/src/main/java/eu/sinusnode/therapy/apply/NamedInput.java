package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.medicine.MedicineClass;
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
    ACUTE_INFLAMMATION("acuteInflammation"),
    /** Decimal in %: the newest of the left ventricle. */
    EJECTION_FRACTION("ejectionFraction"),
    /** Boolean: CHA2DS2-VA of 2 or more. */
    HIGH_STROKE_RISK("highStrokeRisk"),
    ANTIPLATELET_PRESCRIBED(MedicineClass.ANTIPLATELET, MedicineQuestion.PRESCRIBED),
    ANTIPLATELET_CONTRAINDICATED(MedicineClass.ANTIPLATELET, MedicineQuestion.CONTRAINDICATED),
    STATIN_PRESCRIBED(MedicineClass.STATIN, MedicineQuestion.PRESCRIBED),
    STATIN_CONTRAINDICATED(MedicineClass.STATIN, MedicineQuestion.CONTRAINDICATED),
    ANTICOAGULANT_PRESCRIBED(MedicineClass.ANTICOAGULANT, MedicineQuestion.PRESCRIBED),
    ANTICOAGULANT_CONTRAINDICATED(MedicineClass.ANTICOAGULANT, MedicineQuestion.CONTRAINDICATED),
    RAS_BLOCKER_PRESCRIBED(MedicineClass.RAS_BLOCKER, MedicineQuestion.PRESCRIBED),
    RAS_BLOCKER_CONTRAINDICATED(MedicineClass.RAS_BLOCKER, MedicineQuestion.CONTRAINDICATED),
    BETA_BLOCKER_PRESCRIBED(MedicineClass.BETA_BLOCKER, MedicineQuestion.PRESCRIBED),
    BETA_BLOCKER_CONTRAINDICATED(MedicineClass.BETA_BLOCKER, MedicineQuestion.CONTRAINDICATED),
    MINERALOCORTICOID_ANTAGONIST_PRESCRIBED(MedicineClass.MINERALOCORTICOID_ANTAGONIST, MedicineQuestion.PRESCRIBED),
    MINERALOCORTICOID_ANTAGONIST_CONTRAINDICATED(
            MedicineClass.MINERALOCORTICOID_ANTAGONIST, MedicineQuestion.CONTRAINDICATED),
    SGLT2_INHIBITOR_PRESCRIBED(MedicineClass.SGLT2_INHIBITOR, MedicineQuestion.PRESCRIBED),
    SGLT2_INHIBITOR_CONTRAINDICATED(MedicineClass.SGLT2_INHIBITOR, MedicineQuestion.CONTRAINDICATED),
    CALCIUM_BLOCKER_PRESCRIBED(MedicineClass.CALCIUM_BLOCKER, MedicineQuestion.PRESCRIBED),
    CALCIUM_BLOCKER_CONTRAINDICATED(MedicineClass.CALCIUM_BLOCKER, MedicineQuestion.CONTRAINDICATED),
    THIAZIDE_PRESCRIBED(MedicineClass.THIAZIDE, MedicineQuestion.PRESCRIBED),
    THIAZIDE_CONTRAINDICATED(MedicineClass.THIAZIDE, MedicineQuestion.CONTRAINDICATED);

    private final String variable;

    NamedInput(String variable) {
        this.variable = variable;
    }

    NamedInput(MedicineClass medicine, MedicineQuestion question) {
        this(medicine.stem() + question.suffix());
    }

    /** What is asked of a class of medicines before one of it is proposed. */
    enum MedicineQuestion {
        /** Whether one of the class is prescribed, in combination too. */
        PRESCRIBED("Prescribed"),
        /** Whether the record has a contraindication of {@link Contraindications}. */
        CONTRAINDICATED("Contraindicated");

        private final String suffix;

        MedicineQuestion(String suffix) {
            this.suffix = suffix;
        }

        private String suffix() {
            return suffix;
        }
    }

    /** Its name in an expression, without the percent sign. */
    public String variable() {
        return variable;
    }

    static NamedInput of(MedicineClass medicine, MedicineQuestion question) {
        return of(medicine.stem() + question.suffix()).orElseThrow();
    }

    static Optional<NamedInput> of(String variable) {
        return Arrays.stream(values())
                .filter(input -> input.variable.equals(variable))
                .findFirst();
    }
}
