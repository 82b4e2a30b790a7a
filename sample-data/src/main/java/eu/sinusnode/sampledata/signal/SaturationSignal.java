package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import java.util.List;

/**
 * Oxygen saturation: in the morning by an oximeter on a finger, or at night by watch or band, with more scatter. Lower
 * with heart failure, and the lower the more water. One reading in a hundred is of a cold finger and far too low. Sizes are
 * assumptions.
 */
final class SaturationSignal {

    private static final double COLD_FINGER = 0.01;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final DailyLife life;
    private final Course course;
    private final Notebook notebook;
    private final double usual;

    SaturationSignal(Draws draws, ClinicalPicture picture, DailyLife life, Course course, Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.life = life;
        this.course = course;
        this.notebook = new Notebook(Reading.Kind.OXYGEN_SATURATION, course.timeline(), delivery);
        this.usual = draws.normal(96.6, 0.8) - (picture.hasHeartFailure() ? 1 : 0);
    }

    List<Reading> generate() {
        double share = life.oximeter() ? picture.adherence().sessionProbability() : 0.9;
        for (int day = 0; day < course.days(); day++) {
            double scatter = draws.normal(0, life.oximeter() ? 0.7 : 1.3);
            double tooLow = draws.chance(COLD_FINGER) && life.oximeter() ? draws.between(7, 14) : 0;
            int minute = draws.below(60);
            boolean measured = draws.chance(share);
            boolean there = life.oximeter()
                    ? course.presence().atHome(day)
                    : !course.presence().inHospital(day);
            if (measured && there) {
                long at = life.oximeter()
                        ? course.timeline().atWallClock(day, 7 * 3600 + 60 * minute)
                        : course.timeline().midnight(day) + 3600 + 60L * minute;
                double value =
                        Math.max(84, Math.min(100, usual - 0.6 * course.fluid().gainOn(day) + scatter));
                notebook.moment(at, value - tooLow, tooLow > 0 ? "cold-finger" : "");
            }
        }
        return notebook.readings();
    }
}
