package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training by day: the session with its mean and highest heart rate, and single rates while it lasts and in the five
 * minutes after it. A session lies where nothing else is measured, so that no reading at rest falls into it. Nobody trains
 * in hospital, with fever, or with more than a kilogram of water.
 */
final class TrainingSignal {

    private static final int MINUTE = 60;
    private static final int REST_AFTER = 5 * MINUTE;
    private static final int TRIES = 6;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final DailyLife life;
    private final Course course;
    private final long[] taken;
    private final Notebook sessions;
    private final Notebook rates;
    private final int[] minutes;

    TrainingSignal(
            Draws draws,
            ClinicalPicture picture,
            DailyLife life,
            Course course,
            List<Reading> others,
            Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.life = life;
        this.course = course;
        this.taken = others.stream().mapToLong(Reading::second).sorted().toArray();
        this.sessions = new Notebook(Reading.Kind.TRAINING, course.timeline(), delivery);
        this.rates = new Notebook(Reading.Kind.TRAINING_HEART_RATE, course.timeline(), delivery);
        this.minutes = new int[course.days()];
    }

    List<Reading> generate() {
        for (int day = 0; day < course.days(); day++) {
            boolean fit = !course.presence().inHospital(day)
                    && course.fever().on(day) == 0
                    && course.fluid().gainOn(day) < 1;
            if (draws.chance(life.sessionsAWeek() / 7.0) && fit) {
                int length = picture.has(Diagnosis.HEART_FAILURE_NYHA_III) ? draws.whole(10, 20) : draws.whole(20, 45);
                for (int tried = 0; tried < TRIES && minutes[day] == 0; tried++) {
                    long from = course.timeline().atWallClock(day, draws.whole(9 * 3600, 18 * 3600));
                    if (isFree(from, from + length * MINUTE + REST_AFTER)) {
                        session(from, length);
                        minutes[day] = length;
                    }
                }
            }
        }
        List<Reading> all = new ArrayList<>(sessions.readings());
        all.addAll(rates.readings());
        return all;
    }

    /** Minutes of training on that day, once generated. */
    int minutesOn(int day) {
        return minutes[day];
    }

    private boolean isFree(long from, long to) {
        int at = Arrays.binarySearch(taken, from);
        int next = at < 0 ? -at - 1 : at;
        return next == taken.length || taken[next] > to;
    }

    private void session(long from, int length) {
        HeartRateResponse response = new HeartRateResponse(
                draws, picture, life.sport(), course.truePulse().applyAsDouble(from));
        long sum = 0;
        int highest = 0;
        for (int minute = 1; minute <= length; minute++) {
            int rate = rate(response, from, minute, length);
            sum += rate;
            highest = Math.max(highest, rate);
            if (minute == 1 || minute % 5 == 0 || minute == length) {
                rates.moment(from + minute * MINUTE, rate);
            }
        }
        for (int after : new int[] {1, 2, 5}) {
            rates.moment(from + (length + after) * MINUTE, rate(response, from, length + after, length));
        }
        sessions.span(from, length * MINUTE, (double) sum / length, highest);
    }

    private int rate(HeartRateResponse response, long from, int minute, int length) {
        long second = from + minute * MINUTE;
        double scatter = draws.normal(0, course.rhythm().fibrillatesAt(second) ? 7 : 2);
        double rate =
                course.truePulse().applyAsDouble(second) + response.above(minute * MINUTE, length * MINUTE) + scatter;
        return (int) Math.round(Math.max(40, Math.min(200, rate)));
    }
}
