package eu.sinusnode.analysis.score;

/**
 * CHA2DS2-VA (ESC 2024 atrial fibrillation guideline): 0 to 8 points for the risk of stroke in known atrial fibrillation.
 * There is no term for sex; it is not CHA2DS2-VASc.
 *
 * @param age in years
 * @param stroke stroke, transient ischaemic attack or arterial thromboembolism
 * @param vascular infarction, coronary, aortic or peripheral arterial disease
 */
public record StrokeRisk(
        int age, boolean heartFailure, boolean hypertension, boolean diabetes, boolean stroke, boolean vascular) {

    public int points() {
        return one(heartFailure) + one(hypertension) + agePoints() + one(diabetes) + 2 * one(stroke) + one(vascular);
    }

    /** 2 from 75 years on, 1 from 65. */
    public int agePoints() {
        return age >= 75 ? 2 : age >= 65 ? 1 : 0;
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }
}
