package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a watch or band tells in the morning: how long its wearer slept, how fast the sleeper breathed, the heart rate at
 * rest. Nobody sleeps while something else is measured that needs hands. Fever makes heart and breath faster (eight beats a degree), water in a failing heart the breath. Sizes are
 * assumptions within usual adult ranges.
 */
final class NightSignals {

    private static final int HOUR = 3600;
    private static final int MARGIN = 600;
    private static final double WORN = 0.9;
    private static final double BEATS_A_DEGREE = 8;

    private final Draws draws;
    private final Course course;
    private final DailyLife life;
    private final double usualBreaths;
    private final double usualBedtime;
    private final long[] awake;
    private final Notebook sleep;
    private final Notebook breath;
    private final Notebook restingRate;

    /** @param awake what is measured by somebody who is awake */
    NightSignals(
            Draws draws,
            ClinicalPicture picture,
            DailyLife life,
            Course course,
            List<Reading> awake,
            Delivery delivery) {
        this.draws = draws;
        this.course = course;
        this.life = life;
        this.usualBreaths = draws.normal(14.5, 1.6) + (picture.hasHeartFailure() ? 2 : 0);
        this.usualBedtime = draws.between(21.7, 23.8);
        this.awake = awake.stream().mapToLong(Reading::second).sorted().toArray();
        this.sleep = new Notebook(Reading.Kind.SLEEP, course.timeline(), delivery);
        this.breath = new Notebook(Reading.Kind.RESPIRATORY_RATE, course.timeline(), delivery);
        this.restingRate = new Notebook(Reading.Kind.RESTING_HEART_RATE, course.timeline(), delivery);
    }

    List<Reading> generate() {
        for (int day = 0; day < course.days(); day++) {
            double asleep = Math.max(4.5, Math.min(10, draws.normal(life.sleepHours(), 0.7)));
            double restless = draws.between(0.2, 1.0);
            int bedtime = (int) ((usualBedtime + draws.normal(0, 0.5)) * HOUR);
            double breaths = usualBreaths
                    + 0.8 * course.fluid().gainOn(day)
                    + 1.5 * course.fever().on(day)
                    + draws.normal(0, 0.7);
            double scatter = draws.normal(0, 1.5);
            int moment = draws.whole(3 * HOUR, 4 * HOUR + HOUR / 2);
            if (!draws.chance(WORN) || course.presence().inHospital(day)) {
                continue;
            }
            long night = course.timeline().midnight(day) + moment;
            double rate = course.truePulse().applyAsDouble(night)
                    + BEATS_A_DEGREE * course.fever().on(day)
                    + scatter;
            breath.moment(night, Math.max(9, Math.min(32, breaths)));
            restingRate.moment(night + HOUR / 2, Math.max(38, Math.min(130, rate)));
            if (day > 0 && !course.presence().inHospital(day - 1)) {
                sleep(day, bedtime(day, bedtime), asleep, restless);
            }
        }
        List<Reading> all = new ArrayList<>(sleep.readings());
        all.addAll(breath.readings());
        all.addAll(restingRate.readings());
        return all;
    }

    /** Begins after the evening's last reading and ends before the morning's first. */
    private void sleep(int day, long bedtime, double asleep, double restless) {
        long middle = course.timeline().midnight(day) + 4 * HOUR;
        int at = Arrays.binarySearch(awake, middle);
        int next = at < 0 ? -at - 1 : at;
        long from = next > 0 ? Math.max(bedtime, awake[next - 1] + MARGIN) : bedtime;
        long planned = from + (long) ((asleep + restless) * HOUR);
        long to = next < awake.length ? Math.min(planned, awake[next] - MARGIN) : planned;
        double slept = (to - from) / (double) HOUR - restless;
        sleep.span(from, (int) (to - from), slept * 10, 0);
    }

    /** On the evening before {@code day}, or after that day's midnight. */
    private long bedtime(int day, int secondOfEvening) {
        int overMidnight = secondOfEvening - 24 * HOUR;
        return overMidnight >= 0
                ? course.timeline().midnight(day) + overMidnight
                : course.timeline().atWallClock(day - 1, secondOfEvening);
    }
}
