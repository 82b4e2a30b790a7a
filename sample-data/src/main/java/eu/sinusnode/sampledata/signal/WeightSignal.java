package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Body weight on a home scale: every morning with heart failure, else about twice a week. Daily scatter, a slow drift, and
 * the water of {@link FluidCourse}. Sizes of scatter and drift are assumptions.
 */
final class WeightSignal {

    private static final double DAILY_SD = 0.32;
    private static final double DRIFT_SD_A_DAY = 0.035;
    private static final int FIRST_WEIGHING = 6 * 3600 + 1500;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final Timeline timeline;
    private final FluidCourse fluid;
    private final Presence presence;
    private final Delivery delivery;
    private final double height;
    private final double dryWeight;

    WeightSignal(
            Draws draws,
            ClinicalPicture picture,
            Timeline timeline,
            FluidCourse fluid,
            Presence presence,
            Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.timeline = timeline;
        this.fluid = fluid;
        this.presence = presence;
        this.delivery = delivery;
        this.height = picture.female() ? draws.normal(1.63, 0.065) : draws.normal(1.76, 0.07);
        double bodyMassIndex = Math.max(19, Math.min(42, draws.normal(27.8, 4)));
        this.dryWeight = bodyMassIndex * height * height;
    }

    /** In metres. */
    double height() {
        return height;
    }

    List<Reading> generate() {
        List<Reading> readings = new ArrayList<>();
        double drift = 0;
        double adherence =
                picture.hasHeartFailure() ? Math.max(0.75, picture.adherence().sessionProbability()) : 0.28;
        for (int day = 0; day < timeline.days(); day++) {
            drift += draws.normal(0, DRIFT_SD_A_DAY);
            double scatter = draws.normal(0, DAILY_SD);
            boolean weighs = draws.chance(adherence);
            boolean otherPerson = draws.chance(0.05) && picture.fault() == Fault.OTHER_PERSON;
            double difference = draws.chance(0.5) ? draws.between(6, 24) : -draws.between(6, 18);
            int second = FIRST_WEIGHING + draws.below(2700);
            // The last mornings before a pending admission are weighed: they are what the patient calls about.
            boolean pending = fluid.admissionDay() == timeline.days() && day >= timeline.days() - 5;
            if (!presence.atHome(day) || !(weighs || pending)) {
                continue;
            }
            boolean faulty = otherPerson && !pending;
            double weight = dryWeight + drift + scatter + fluid.gainOn(day) + (faulty ? difference : 0);
            long at = timeline.atWallClock(day, second);
            readings.add(new Reading(
                    Reading.Kind.BODY_WEIGHT,
                    readings.size() + 1,
                    at,
                    timeline.offset(at),
                    0,
                    (int) Math.round(Math.max(400, Math.min(2200, weight * 10))),
                    0,
                    delivery.arrival(at),
                    false,
                    faulty ? "other-person" : ""));
        }
        return readings;
    }
}
