package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Home blood pressure, two readings in the morning and two in the evening.
 *
 * <p>Day-by-day standard deviation of a morning reading is about 8.6/5.8 mmHg (Kato 2010, Ohasama: 8.6 and 5.8) as a day
 * effect that fades over days, a session effect and reading noise. Mornings are higher than evenings (Imai 1999); the
 * size, and that the first reading of a pair is higher, are assumptions.
 */
final class PressureSignal {

    private static final double DAY_SD = 7.4;
    private static final double DAY_MEMORY = 0.3;
    private static final double SESSION_SD = 4.2;
    private static final double READING_SD = 3.2;
    private static final double FIRST_READING_EXCESS = 2.4;
    /** How much of the systolic deviation the diastolic one shares. */
    private static final double DIASTOLIC_SHARE = 0.5;

    private static final double DIASTOLIC_OWN_SD = 3.6;
    private static final double OUTLIER_PROBABILITY = 0.02;
    private static final double OFFICE_EXCESS = 6;
    private static final int DAYS_BETWEEN_VISITS = 28;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final Timeline timeline;
    private final PressureCourse course;
    private final Presence presence;
    private final Delivery delivery;
    private final double morningExcess;
    private final double cufflessBias;
    private final List<Reading> readings = new ArrayList<>();

    PressureSignal(
            Draws draws,
            ClinicalPicture picture,
            Timeline timeline,
            PressureCourse course,
            Presence presence,
            Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.timeline = timeline;
        this.course = course;
        this.presence = presence;
        this.delivery = delivery;
        this.morningExcess = draws.normal(4, 2);
        this.cufflessBias = (draws.chance(0.5) ? 1 : -1) * draws.between(6, 16);
    }

    List<Reading> generate() {
        double dayEffect = draws.normal(0, DAY_SD);
        double innovation = DAY_SD * Math.sqrt(1 - DAY_MEMORY * DAY_MEMORY);
        for (int day = 0; day < timeline.days(); day++) {
            dayEffect = DAY_MEMORY * dayEffect + innovation * draws.gaussian();
            boolean planned = presence.atHome(day)
                    && day < timeline.days() - picture.adherence().silentDays();
            session(day, 6 * 3600 + 2400, dayEffect + morningExcess / 2, planned);
            session(day, 20 * 3600, dayEffect - morningExcess / 2, planned);
        }
        visits();
        return readings;
    }

    /** The clinic measures twice, about every four weeks, and finds more than at home (size an assumption). */
    private void visits() {
        for (int due = 0; due < timeline.days(); due += DAYS_BETWEEN_VISITS) {
            int day = due + draws.below(Math.min(DAYS_BETWEEN_VISITS, timeline.days() - due));
            long at = timeline.atWallClock(day, draws.whole(8 * 3600, 16 * 3600));
            double excess = draws.normal(OFFICE_EXCESS, 5);
            if (presence.atHome(day) && timeline.isWorkday(day)) {
                for (int repeat = 0; repeat < 2; repeat++) {
                    double noisy = excess + draws.normal(0, READING_SD);
                    double diastolic = course.diastolic(day) + DIASTOLIC_SHARE * noisy + draws.normal(0, 3);
                    add(at + 120L * repeat, course.systolic(day) + noisy, diastolic, true, "");
                }
            }
        }
    }

    private void session(int day, int usualSecond, double deviation, boolean planned) {
        int second = usualSecond + (int) Math.round(Math.max(-4000, Math.min(4000, draws.normal(0, 1500))));
        double sessionEffect = deviation + draws.normal(0, SESSION_SD);
        double diastolicEffect = draws.normal(0, DIASTOLIC_OWN_SD);
        boolean happens = draws.chance(picture.adherence().sessionProbability());
        boolean repeated = draws.chance(0.95);
        if (!planned || !happens) {
            return;
        }
        long at = timeline.atWallClock(day, second);
        reading(day, at, sessionEffect + FIRST_READING_EXCESS / 2, diastolicEffect);
        if (repeated) {
            reading(day, at + draws.whole(75, 140), sessionEffect - FIRST_READING_EXCESS / 2, diastolicEffect);
        }
    }

    private void reading(int day, long at, double deviation, double diastolicEffect) {
        double noisy = deviation + draws.normal(0, READING_SD);
        double systolic = course.systolic(day) + noisy;
        double diastolic = course.diastolic(day) + DIASTOLIC_SHARE * noisy + diastolicEffect + draws.normal(0, 2);
        String fault = "";
        if (picture.cuffless()) {
            // Estimates from pulse waves lean towards the calibration value and keep a bias (assumption; hence no
            // category).
            systolic = 0.5 * systolic + 0.5 * 132 + cufflessBias;
            diastolic = 0.5 * diastolic + 0.5 * 80 + 0.6 * cufflessBias;
            fault = "cuffless-bias";
        } else if (picture.fault() == Fault.SLIPPED_CUFF && draws.chance(OUTLIER_PROBABILITY)) {
            double error = (draws.chance(0.5) ? 1 : -1) * draws.between(35, 60);
            systolic += error;
            diastolic += 0.6 * error;
            fault = "slipped-cuff";
        }
        add(at, systolic, diastolic, false, fault);
    }

    private void add(long at, double systolic, double diastolic, boolean office, String fault) {
        int upper = (int) Math.round(Math.max(72, Math.min(245, systolic)));
        int lower = (int) Math.round(Math.max(38, Math.min(upper - 15.0, diastolic)));
        readings.add(new Reading(
                Reading.Kind.BLOOD_PRESSURE,
                readings.size() + 1,
                at,
                timeline.offset(at),
                0,
                upper,
                lower,
                office ? at + 20 : delivery.arrival(at),
                office,
                fault));
    }
}
