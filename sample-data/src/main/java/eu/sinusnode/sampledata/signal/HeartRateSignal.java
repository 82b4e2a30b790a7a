package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Fault;
import eu.sinusnode.sampledata.clinical.HeartRhythm;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * Heart rate: ten samples a day from a watch or a worn ECG patch, else the pulse that the cuff counts. A cosine over the
 * day with its top in the afternoon, noise that remembers the last hours, bouts of activity by day; fibrillation is faster
 * and more scattered, beta-blockers slow. All sizes are assumptions within usual resting rates.
 */
final class HeartRateSignal {

    /** Elapsed hours since midnight, as a sleeping person's watch counts them. */
    private static final double[] NIGHT_HOURS = {1.5, 3.25};
    /** Hours on the wall clock. */
    private static final double[] DAY_HOURS = {6.6, 8.6, 10.6, 12.6, 14.6, 16.8, 19.2, 21.6};

    private static final double NOISE_SD = 4;
    private static final double MEMORY_HOURS = 3;
    private static final int PATCH_DAYS = 14;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final Timeline timeline;
    private final Presence presence;
    private final RhythmCourse rhythm;
    private final Delivery delivery;
    private final double resting;
    private final double amplitude;
    private final long faultFrom;
    private final long faultTo;
    private final List<Reading> readings = new ArrayList<>();
    private double noise;
    private long lastSample;
    private int stuckAt;

    HeartRateSignal(
            Draws draws,
            ClinicalPicture picture,
            Timeline timeline,
            Presence presence,
            RhythmCourse rhythm,
            Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.timeline = timeline;
        this.presence = presence;
        this.rhythm = rhythm;
        this.delivery = delivery;
        this.resting = draws.normal(68, 5)
                + (picture.female() ? 2 : 0)
                + (picture.hasHeartFailure() ? 4 : 0)
                - (picture.betaBlocker() ? 6 : 0);
        this.amplitude = draws.between(5, 9);
        this.faultFrom = timeline.midnight(draws.below(timeline.days())) + draws.below(43_200);
        this.faultTo = faultFrom + draws.whole(14 * 3600, 40 * 3600);
        this.lastSample = timeline.start();
    }

    /** True mean rate of the patient at rest, per minute, whether sampled or not. */
    double rateAt(long second) {
        double rate = resting + amplitude * StrictMath.cos(2 * Math.PI * (timeline.wallHour(second) - 15) / 24);
        return rhythm.fibrillatesAt(second) ? rate + 16 : rate;
    }

    List<Reading> generate(List<Reading> pressures) {
        if (picture.rhythmDevice() == RhythmDevice.NONE) {
            pulsesOfCuff(pressures);
        } else {
            for (int day = 0; day < timeline.days(); day++) {
                if (!presence.inHospital(day) && worn(day)) {
                    for (double hour : NIGHT_HOURS) {
                        sample(timeline.midnight(day) + jittered(hour));
                    }
                    for (double hour : DAY_HOURS) {
                        sample(timeline.atWallClock(day, jittered(hour)));
                    }
                }
            }
        }
        return readings;
    }

    private boolean worn(int day) {
        return picture.rhythmDevice() == RhythmDevice.WATCH || day < PATCH_DAYS || day >= timeline.days() - PATCH_DAYS;
    }

    private int jittered(double hour) {
        return (int) ((hour + draws.between(-0.6, 0.6)) * 3600);
    }

    private void sample(long second) {
        boolean sent = draws.chance(0.88);
        int rate = draw(second);
        if (sent) {
            add(second, rate);
        }
    }

    private void pulsesOfCuff(List<Reading> pressures) {
        long last = Long.MIN_VALUE;
        for (Reading pressure : pressures) {
            if (pressure.office()) {
                continue;
            }
            if (pressure.second() - last > 600) {
                add(pressure.second(), draw(pressure.second()));
            }
            last = pressure.second();
        }
    }

    private int draw(long second) {
        double memory = StrictMath.exp(-(second - lastSample) / (MEMORY_HOURS * 3600));
        noise = memory * noise + Math.sqrt(1 - memory * memory) * draws.normal(0, NOISE_SD);
        lastSample = second;
        double hour = timeline.wallHour(second);
        double activity = hour > 8 && hour < 21 && draws.chance(0.10) ? draws.exponential(16) : 0;
        double scatter = rhythm.fibrillatesAt(second) ? draws.normal(0, 9) : 0;
        double ectopy = rhythm.rhythm() == HeartRhythm.ECTOPY ? draws.normal(0, 2) : 0;
        return (int) Math.round(Math.max(38, Math.min(178, rateAt(second) + noise + activity + scatter + ectopy)));
    }

    private void add(long second, int trueRate) {
        int rate = trueRate;
        String fault = "";
        if (second >= faultFrom && second < faultTo && picture.fault() == Fault.STUCK_RATE) {
            stuckAt = stuckAt == 0 ? trueRate : stuckAt;
            rate = stuckAt;
            fault = "stuck-rate";
        } else if (second >= faultFrom && second < faultTo && picture.fault() == Fault.HALVED_RATE) {
            rate = Math.max(31, trueRate / 2);
            fault = "halved-rate";
        }
        readings.add(new Reading(
                Reading.Kind.HEART_RATE,
                readings.size() + 1,
                second,
                timeline.offset(second),
                0,
                rate,
                0,
                delivery.arrival(second),
                false,
                fault));
    }
}
