package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.clinical.PressureLevel;

/**
 * The patient's true mean pressure from day to day. Treatment that starts or is stepped up in the first half brings it
 * down towards its level with a time constant of nine days (assumption: most of the effect within three to four weeks).
 */
public final class PressureCourse {

    private static final double TIME_CONSTANT_DAYS = 9;

    private final double systolic;
    private final double diastolic;
    private final double effect;
    private final int treatmentDay;
    private final int days;

    PressureCourse(Draws draws, ClinicalPicture picture, int days) {
        double share = draws.uniform();
        this.systolic = picture.pressure().systolic(share);
        this.diastolic = picture.pressure().diastolic(0.5 * share + 0.5 * draws.uniform());
        this.days = days;
        boolean treated = picture.has(Diagnosis.HYPERTENSION) && draws.chance(0.5) && days >= 28;
        this.effect = treated ? draws.between(7, 14) : 0;
        this.treatmentDay = draws.whole(2, Math.max(3, days / 3));
    }

    /** mmHg. */
    public double systolic(int day) {
        return systolic + aboveLevel(day);
    }

    /** mmHg; treatment moves diastolic pressure about half as far. */
    public double diastolic(int day) {
        return diastolic + 0.5 * aboveLevel(day);
    }

    private double aboveLevel(int day) {
        return day < treatmentDay ? effect : effect * StrictMath.exp(-(day - treatmentDay) / TIME_CONSTANT_DAYS);
    }

    /** The home category that the true mean of the last seven days falls into, whatever the devices say. */
    public String category() {
        return PressureLevel.homeCategory(meanOfLastWeek(true), meanOfLastWeek(false));
    }

    public double meanOfLastWeek(boolean ofSystolic) {
        double sum = 0;
        int from = Math.max(0, days - 7);
        for (int day = from; day < days; day++) {
            sum += ofSystolic ? systolic(day) : diastolic(day);
        }
        return sum / (days - from);
    }

    /** First day of the stepped-up treatment, or -1 when treatment does not change. */
    public int treatmentDay() {
        return effect > 0 ? treatmentDay : -1;
    }
}
