package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.util.Comparator;
import java.util.List;

/**
 * A limit beyond which a value does not wait.
 *
 * @param words of the measurement, in English
 * @param above whether it is the values above that are beyond it; of pressure also the one at it
 * @param alone whether a single value raises a flag
 */
record SevereCriterion(
        Measurement measurement, String words, String german, double limit, boolean above, boolean alone) {

    /** ESC 2024, mm[Hg]. */
    static final double CRISIS_SYSTOLIC = 180;

    static final double CRISIS_DIASTOLIC = 110;

    /** The values of the last 24 hours that are beyond the limit, by time. */
    record Beyond(SevereCriterion criterion, List<Sample> samples) {

        boolean isRaised() {
            return samples.size() > 1 || (samples.size() == 1 && criterion.alone());
        }

        double worst() {
            Comparator<Double> order = criterion.above() ? Comparator.naturalOrder() : Comparator.reverseOrder();
            return samples.stream().map(Sample::value).max(order).orElseThrow();
        }
    }

    /** With the limits that a clinician has set. */
    static List<SevereCriterion> all(PatientFacts facts) {
        PersonalLimits limits = facts.limits();
        double saturation = facts.diagnoses().has(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE) ? 85 : 90;
        return List.of(
                new SevereCriterion(
                        Measurement.SYSTOLIC,
                        "systolic pressure",
                        "systolischer Blutdruck",
                        limits.high(Codes.SYSTOLIC, CRISIS_SYSTOLIC),
                        true,
                        true),
                new SevereCriterion(
                        Measurement.DIASTOLIC,
                        "diastolic pressure",
                        "diastolischer Blutdruck",
                        limits.high(Codes.DIASTOLIC, CRISIS_DIASTOLIC),
                        true,
                        true),
                new SevereCriterion(
                        Measurement.OXYGEN_SATURATION,
                        "oxygen saturation",
                        "Sauerstoffsättigung",
                        limits.low(Codes.OXYGEN_SATURATION, saturation),
                        false,
                        true),
                new SevereCriterion(
                        Measurement.HEART_RATE,
                        "heart rate",
                        "Herzfrequenz",
                        limits.low(Codes.HEART_RATE, 40),
                        false,
                        false),
                new SevereCriterion(
                        Measurement.RESTING_HEART_RATE,
                        "resting heart rate",
                        "Ruheherzfrequenz",
                        limits.low(Codes.RESTING_HEART_RATE, 40),
                        false,
                        false),
                new SevereCriterion(
                        Measurement.RESTING_HEART_RATE,
                        "resting heart rate",
                        "Ruheherzfrequenz",
                        limits.high(Codes.RESTING_HEART_RATE, 130),
                        true,
                        false));
    }

    boolean isBeyond(double value) {
        boolean pressure = measurement == Measurement.SYSTOLIC || measurement == Measurement.DIASTOLIC;
        return above ? (pressure ? value >= limit : value > limit) : value < limit;
    }
}
