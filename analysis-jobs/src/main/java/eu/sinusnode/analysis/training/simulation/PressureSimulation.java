package eu.sinusnode.analysis.training.simulation;

import eu.sinusnode.analysis.training.tabular.Case;
import eu.sinusnode.analysis.training.tabular.Cases;
import eu.sinusnode.analysis.training.tabular.Design;
import java.util.ArrayList;
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
 * 14 is below 135/85 mmHg. It is positive when the true mean of the 14 days ahead is at least 135 systolic or 85
 * diastolic, and at least 5 mmHg above that of the first half of the days looked back on.
 */
public final class PressureSimulation {

    private static final long SEED = 20261127L;
    private static final int PATIENTS = 600;
    private static final int DAYS = 140;
    private static final int BACK = 28;
    private static final int AHEAD = 14;
    private static final double DAY_DEVIATION = 7.4;
    private static final double DAY_MEMORY = 0.3;

    private PressureSimulation() {}

    /** True means of a patient, and what was measured of them. */
    private record Course(double[] trueSystolic, double[] trueDiastolic, DailyValues systolic, DailyValues diastolic) {}

    public static Cases cases(Design design) {
        List<Case> rows = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            Chance chance = new Chance(SEED, patient);
            double age = chance.whole(40, 88);
            double male = chance.of(0.52) ? 1 : 0;
            Course course = course(chance);
            for (int day = BACK; day + AHEAD <= DAYS; day += AHEAD) {
                add(rows, design, patient, age, male, course, day);
            }
        }
        return Cases.simulated(rows);
    }

    private static Course course(Chance chance) {
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
        DailyValues seenSystolic = DailyValues.none(DAYS);
        DailyValues seenDiastolic = DailyValues.none(DAYS);
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
                seenSystolic.values()[day] = systolic[day] + noise;
                seenDiastolic.values()[day] = diastolic[day] + 0.5 * noise + own;
            }
        }
        return new Course(systolic, diastolic, seenSystolic, seenDiastolic);
    }

    private static double risen(double height, int days, double slowness) {
        return days < 0 ? 0 : height * (1 - StrictMath.exp(-days / slowness));
    }

    private static void add(
            List<Case> rows, Design design, int patient, double age, double male, Course course, int day) {
        DailyValues systolic = course.systolic();
        DailyValues diastolic = course.diastolic();
        int from = day - BACK;
        double level = systolic.mean(day - 14, day);
        double lower = diastolic.mean(day - 14, day);
        // Also without a measured day in the last 14 it is not controlled.
        boolean controlled = level < 135 && lower < 85;
        if (systolic.count(from, day) < 10 || !controlled) {
            return;
        }
        double before = mean(course.trueSystolic(), from, from + 14);
        double ahead = mean(course.trueSystolic(), day, day + AHEAD);
        boolean uncontrolled = ahead >= 135 || mean(course.trueDiastolic(), day, day + AHEAD) >= 85;
        rows.add(design.row(
                "simulated-" + patient,
                uncontrolled && ahead - before >= 5,
                level,
                lower,
                systolic.slope(from, day),
                systolic.mean(day - 7, day) - systolic.mean(from, day - 7),
                systolic.deviation(from, day),
                systolic.count(from, day) / (double) BACK,
                age,
                male));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int day = from; day < to; day++) {
            sum += values[day];
        }
        return sum / (to - from);
    }
}
