package eu.sinusnode.sampledata.clinical;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.List;

/**
 * What a patient wears and does beside the devices of the heart. Drawn from a stream of its own, so that the picture and
 * all that follows from it stay as they are. Every share and size is an assumption.
 *
 * @param band true for a fitness band, when there is no watch
 * @param tracked true when a watch or a band follows nights, steps and training
 * @param chestStrap true when the heart rate of training comes from a strap with electrodes
 * @param oximeter true for one that is put on a finger
 * @param nightlySaturation true when the watch or band measures oxygen saturation at night
 * @param thermometer true when body temperature is measured, and typed in by hand
 * @param sessionsAWeek of training, on average
 * @param stepsADay without training, on average
 * @param sleepHours a night, on average
 */
public record DailyLife(
        boolean band,
        boolean tracked,
        boolean chestStrap,
        boolean oximeter,
        boolean nightlySaturation,
        boolean thermometer,
        Sport sport,
        int sessionsAWeek,
        double stepsADay,
        double sleepHours) {

    /** Of a patient about whose daily life nothing is recorded. */
    public static final DailyLife UNKNOWN =
            new DailyLife(false, false, false, false, false, false, Sport.WALKING, 0, 0, 0);

    /** The daily life of patient {@code number}: the same for every size of cohort. */
    public static DailyLife of(long seed, int number, ClinicalPicture picture) {
        Draws draws = Draws.of(seed, number, "daily life");
        boolean watch = picture.rhythmDevice() == RhythmDevice.WATCH;
        boolean band = draws.chance(0.5) && !watch;
        boolean tracked = watch || band;
        int sessions = tracked ? sessionsAWeek(draws, picture) : 0;
        boolean strap = draws.chance(0.2) && sessions > 0;
        boolean oximeter = draws.chance(picture.hasHeartFailure() ? 0.5 : 0.1);
        boolean nightly = draws.chance(0.4) && tracked && !oximeter;
        return new DailyLife(
                band,
                tracked,
                strap,
                oximeter,
                nightly,
                draws.chance(0.2),
                sport(draws, picture),
                sessions,
                stepsADay(draws, picture),
                Math.max(5, Math.min(9, draws.normal(7, 0.7))));
    }

    private static int sessionsAWeek(Draws draws, ClinicalPicture picture) {
        return switch (picture.adherence()) {
            case GOOD -> draws.whole(2, 5);
            case FAIR -> draws.whole(1, 3);
            case POOR -> draws.whole(0, 1);
            case STOPPED -> draws.whole(0, 2);
        };
    }

    private static Sport sport(Draws draws, ClinicalPicture picture) {
        int drawn = draws.weighted(0.5, 0.3, 0.12, 0.08);
        if (picture.has(Diagnosis.HEART_FAILURE_NYHA_III)) {
            return Sport.WALKING;
        }
        Sport sport = List.of(Sport.WALKING, Sport.CYCLING, Sport.SWIMMING, Sport.JOGGING)
                .get(drawn);
        boolean tooHard = picture.age() > 70 || picture.hasHeartFailure() || picture.hasAtrialFibrillation();
        return sport == Sport.JOGGING && tooHard ? Sport.WALKING : sport;
    }

    private static double stepsADay(Draws draws, ClinicalPicture picture) {
        double usual = 7000 - 90.0 * (picture.age() - 60);
        double failing = picture.has(Diagnosis.HEART_FAILURE_NYHA_III) ? 0.5 : picture.hasHeartFailure() ? 0.75 : 1;
        return Math.max(900, Math.min(12_000, usual * failing * StrictMath.exp(draws.normal(0, 0.3))));
    }
}
