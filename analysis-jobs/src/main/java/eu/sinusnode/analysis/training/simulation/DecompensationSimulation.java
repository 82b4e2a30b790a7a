package eu.sinusnode.analysis.training.simulation;

import eu.sinusnode.analysis.feature.DailyValues;
import eu.sinusnode.analysis.feature.FluidCourse;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.risk.DecompensationModel;
import eu.sinusnode.analysis.training.tabular.Case;
import eu.sinusnode.analysis.training.tabular.Cases;
import eu.sinusnode.analysis.training.tabular.Design;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weight, resting heart rate and steps of patients with heart failure over twelve weeks, some of whom are admitted with
 * decompensation. That weight rises before admission follows Chaudhry 2007, that it often does not follows Abraham 2011
 * (daily weight found about a quarter of the events); every share and size is an assumption:
 *
 * <ul>
 *   <li>25 % are admitted on some day from the fifth week on. Before it half of them gain 2 to 6 kg of water, two fifths of it
 *       over three weeks and the rest over the last four days, three in ten gain at most 1.5 kg, the others nothing;
 *   <li>in 70 % of these the resting heart rate rises by 3 to 12 a minute over two weeks, in 70 % steps fall by 15 to
 *       50 % over ten days;
 *   <li>without any decompensation 20 % gain 1 to 2.5 kg over some days and lose them again, and 15 % have a cold: heart
 *       rate up by 8 a minute, steps down by 40 %, for four days;
 *   <li>weighed on 95, 80 or 55 % of days; heart rate and steps from a watch that two thirds have; in one home of twenty
 *       somebody else steps on the scale now and then.
 * </ul>
 *
 * <p>A row looks back 28 days every seven days until admission, when at least seven days were weighed and one of the last
 * three. What is looked back on passes the checks and the features of a run. It is positive when the patient is admitted
 * within the seven days that follow.
 */
public final class DecompensationSimulation {

    private static final long SEED = 20261128L;
    private static final int PATIENTS = 600;
    private static final int DAYS = 84;
    private static final int AHEAD = 7;

    private DecompensationSimulation() {}

    /** What was measured. @param admission day, or one that never comes */
    private record Course(double age, double male, int admission, SimulatedReadings readings, DailyValues steps) {}

    /** What was measured of a patient, whose rows the table has under this number. */
    static List<VitalReading> readings(int patient) {
        return course(patient).readings().list();
    }

    public static Cases cases(Design design) {
        List<Case> rows = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            Course course = course(patient);
            for (int day = FluidCourse.DAYS; day + AHEAD <= DAYS && day <= course.admission(); day += AHEAD) {
                add(rows, design, patient, course, day);
            }
        }
        return Cases.simulated(rows);
    }

    private static Course course(int patient) {
        Chance chance = new Chance(SEED, patient);
        double age = chance.whole(50, 90);
        boolean male = chance.of(0.58);
        int admission = chance.of(0.25) ? chance.whole(FluidCourse.DAYS, DAYS - 1) : Integer.MAX_VALUE / 2;
        double kind = chance.between(0, 1);
        double water = kind < 0.5 ? chance.between(2, 6) : kind < 0.8 ? chance.between(0, 1.5) : 0;
        double pulseRise = chance.of(0.7) ? chance.between(3, 12) : 0;
        double stepFall = chance.of(0.7) ? chance.between(0.15, 0.5) : 0;
        double feast = chance.of(0.20) ? chance.between(1, 2.5) : 0;
        int feastDay = chance.whole(0, DAYS);
        int feastDays = chance.whole(3, 7);
        int coldDay = chance.of(0.15) ? chance.whole(0, DAYS) : -100;
        double weighs = chance.of(0.5) ? 0.95 : chance.of(0.6) ? 0.8 : 0.55;
        boolean watch = chance.of(0.67);
        boolean shared = chance.of(0.05);
        double dry = chance.normal(male ? 86 : 73, 13);
        double pulse = chance.normal(70, 8);
        double usualSteps = StrictMath.exp(chance.normal(8.3, 0.4));
        Course course = new Course(age, male ? 1 : 0, admission, new SimulatedReadings(), DailyValues.none(DAYS));
        double drift = 0;
        for (int day = 0; day < Math.min(DAYS, admission); day++) {
            int lead = admission - day;
            drift += chance.normal(0, 0.05);
            double gain = waterGain(water, lead) + hump(feast, day - feastDay, feastDays);
            boolean cold = day >= coldDay && day < coldDay + 4;
            boolean other = chance.of(0.05) && shared;
            double scale = dry + drift + gain + chance.normal(0, 0.4) + (other ? chance.between(-18, 24) : 0);
            double beats = pulse + near(pulseRise, lead, 14) + (cold ? 8 : 0) + chance.normal(0, 3);
            double walked = usualSteps
                    * (1 - near(stepFall, lead, 10))
                    * (cold ? 0.6 : 1)
                    * StrictMath.exp(chance.normal(0, 0.3));
            if (chance.of(weighs)) {
                course.readings().add(Measurement.BODY_WEIGHT, day, scale);
            }
            if (chance.of(0.9) && watch) {
                course.readings().add(Measurement.RESTING_HEART_RATE, day, beats);
                course.steps().values()[day] = walked;
            }
        }
        return course;
    }

    /** The shape of this project's sample data, two fifths slowly over three weeks, the rest over the last four days. */
    private static double waterGain(double water, int lead) {
        double slow = Math.max(0, Math.min(1, (21 - lead) / 17.0));
        double fast = Math.max(0, 1 - lead / 4.0);
        return water * (0.4 * slow + 0.6 * fast);
    }

    private static double near(double height, int lead, double days) {
        return height * Math.max(0, 1 - lead / days);
    }

    private static double hump(double height, int day, int days) {
        return day < 0 || day > 2 * days ? 0 : height * (1 - Math.abs(day - days) / (double) days);
    }

    private static void add(List<Case> rows, Design design, int patient, Course course, int day) {
        FluidCourse seen = DecompensationModel.course(course.readings().before(day));
        if (seen.weighedDays() < FluidCourse.LEAST_DAYS || !seen.isWeighedLately()) {
            return;
        }
        DailyValues steps = course.steps();
        int from = day - FluidCourse.DAYS;
        int inputs = FluidCourse.COLUMNS.size();
        double[] row = Arrays.copyOf(seen.inputs(), inputs + 3);
        row[inputs] = StrictMath.log(steps.mean(day - 3, day) / steps.mean(from, day - 7));
        row[inputs + 1] = course.age();
        row[inputs + 2] = course.male();
        rows.add(design.row("simulated-" + patient, course.admission() < day + AHEAD, row));
    }
}
