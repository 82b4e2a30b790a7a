package eu.sinusnode.analysis.training.simulation;

import eu.sinusnode.analysis.feature.PressureCourse;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.risk.PressureDeteriorationModel;
import eu.sinusnode.analysis.training.tabular.Case;
import eu.sinusnode.analysis.training.tabular.Cases;
import eu.sinusnode.analysis.training.tabular.Design;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Home blood pressure of treated patients over twenty weeks, some of whom lose control of it. The scatter from day to day
 * is that of this project's sample data (Kato 2010, Ohasama); every course, share and size is an assumption:
 *
 * <ul>
 *   <li>true systolic level 112 to 134 mmHg, a slow wandering of 0.25 mmHg a day, a yearly wave of 3 mmHg;
 *   <li>35 % deteriorate from some day on, by 8 to 25 mmHg with a time constant of 7 to 21 days; the diastolic pressure
 *       moves half as far;
 *   <li>20 % have five to ten days of 8 to 15 mmHg more that pass by themselves; 15 % get more treatment;
 *   <li>measured on 95, 75 or 45 % of days; two days of a hundred are a slipped cuff's.
 * </ul>
 *
 * <p>A row looks back 28 days and ahead 14, every 14 days, when at least ten days were measured and the mean of the last
 * 14 is below 135/85 mmHg. What is looked back on passes the checks and the features of a run. It is positive when the true mean of the 14 days ahead is at least 135 systolic or 85
 * diastolic, and at least 5 mmHg above that of the first half of the days looked back on.
 */
public final class PressureSimulation {

    private static final long SEED = 20261127L;
    private static final int PATIENTS = 600;
    private static final int DAYS = 140;
    private static final int AHEAD = 14;
    private static final double DAY_DEVIATION = 7.4;
    private static final double DAY_MEMORY = 0.3;

    private PressureSimulation() {}

    /** True means of a patient, and what was measured of them. */
    private record Course(
            double age, double male, double[] trueSystolic, double[] trueDiastolic, SimulatedReadings readings) {}

    /** What was measured of a patient, whose rows the table has under this number. */
    static List<VitalReading> readings(int patient) {
        return course(patient).readings().list();
    }

    public static Cases cases(Design design) {
        List<Case> rows = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            Course course = course(patient);
            for (int day = PressureCourse.DAYS; day + AHEAD <= DAYS; day += AHEAD) {
                add(rows, design, patient, course, day);
            }
        }
        return Cases.simulated(rows);
    }

    private static Course course(int patient) {
        Chance chance = new Chance(SEED, patient);
        double age = chance.whole(40, 88);
        double male = chance.of(0.52) ? 1 : 0;
        double level = chance.between(112, 134);
        double lower = chance.between(66, 80);
        double measured = chance.of(0.55) ? 0.95 : chance.of(0.6) ? 0.75 : 0.45;
        double worse = chance.of(0.35) ? chance.between(8, 25) : 0;
        int onset = chance.whole(0, DAYS);
        double slowness = chance.between(7, 21);
        double strain = chance.of(0.20) ? chance.between(8, 15) : 0;
        int strainDay = chance.whole(0, DAYS);
        int strainDays = chance.whole(5, 10);
        double relief = chance.of(0.15) ? chance.between(7, 14) : 0;
        int reliefDay = chance.whole(0, DAYS);
        double phase = chance.between(0, 2 * Math.PI);
        double[] systolic = new double[DAYS];
        double[] diastolic = new double[DAYS];
        SimulatedReadings readings = new SimulatedReadings();
        double wander = 0;
        double memory = 0;
        for (int day = 0; day < DAYS; day++) {
            wander += chance.normal(0, 0.25);
            memory = DAY_MEMORY * memory
                    + chance.normal(0, DAY_DEVIATION * StrictMath.sqrt(1 - DAY_MEMORY * DAY_MEMORY));
            double change = 3 * StrictMath.sin(phase + 2 * Math.PI * day / 365)
                    + wander
                    + risen(worse, day - onset, slowness)
                    - risen(relief, day - reliefDay, 9)
                    + (day >= strainDay && day < strainDay + strainDays ? strain : 0);
            systolic[day] = level + change;
            diastolic[day] = lower + 0.5 * change;
            double slip = chance.of(0.02) ? chance.normal(0, 20) : 0;
            double noise = memory + chance.normal(0, 2.5) + slip;
            double own = chance.normal(0, 2.5);
            if (chance.of(measured)) {
                readings.pressure(day, systolic[day] + noise, diastolic[day] + 0.5 * noise + own);
            }
        }
        return new Course(age, male, systolic, diastolic, readings);
    }

    private static double risen(double height, int days, double slowness) {
        return days < 0 ? 0 : height * (1 - StrictMath.exp(-days / slowness));
    }

    private static void add(List<Case> rows, Design design, int patient, Course course, int day) {
        PressureCourse seen =
                PressureDeteriorationModel.course(course.readings().before(day));
        if (seen.measuredDays() < PressureCourse.LEAST_DAYS || !seen.isControlled()) {
            return;
        }
        int from = day - PressureCourse.DAYS;
        double before = mean(course.trueSystolic(), from, from + PressureCourse.LEVEL_DAYS);
        double ahead = mean(course.trueSystolic(), day, day + AHEAD);
        boolean uncontrolled = ahead >= PressureCourse.CONTROLLED_SYSTOLIC
                || mean(course.trueDiastolic(), day, day + AHEAD) >= PressureCourse.CONTROLLED_DIASTOLIC;
        double[] row = Arrays.copyOf(seen.inputs(), PressureCourse.COLUMNS.size() + 2);
        row[row.length - 2] = course.age();
        row[row.length - 1] = course.male();
        rows.add(design.row("simulated-" + patient, uncontrolled && ahead - before >= 5, row));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int day = from; day < to; day++) {
            sum += values[day];
        }
        return sum / (to - from);
    }
}
