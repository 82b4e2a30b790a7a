package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import java.util.List;

/** Body temperature, typed in by hand: about once a week, with fever each morning and evening (assumption). */
final class TemperatureSignal {

    private static final double ONCE_A_WEEK = 1.0 / 7;
    private static final int MORNING = 7 * 3600 + 1800;
    private static final int EVENING = 18 * 3600;

    private final Draws draws;
    private final ClinicalPicture picture;
    private final Course course;
    private final Notebook notebook;
    private final double usual;

    TemperatureSignal(Draws draws, ClinicalPicture picture, Course course, Delivery delivery) {
        this.draws = draws;
        this.picture = picture;
        this.course = course;
        this.notebook = new Notebook(Reading.Kind.BODY_TEMPERATURE, course.timeline(), delivery);
        this.usual = draws.normal(36.4, 0.2);
    }

    List<Reading> generate() {
        for (int day = 0; day < course.days(); day++) {
            boolean feverish = course.fever().on(day) > 0;
            boolean measures = draws.chance(ONCE_A_WEEK * picture.adherence().sessionProbability());
            double morning = usual + course.fever().on(day) + draws.normal(0, 0.15);
            double evening = usual + course.fever().on(day) + 0.4 + draws.normal(0, 0.15);
            int second = draws.below(1800);
            if (course.presence().atHome(day) && (measures || feverish)) {
                notebook.moment(course.timeline().atWallClock(day, MORNING + second), morning * 10);
                if (feverish) {
                    notebook.moment(course.timeline().atWallClock(day, EVENING + second), evening * 10);
                }
            }
        }
        return notebook.readings();
    }
}
