package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.DailyLife;
import java.time.DayOfWeek;
import java.util.List;

/**
 * Steps from midnight to midnight: fewer on Sundays, with fever and with water, more on holidays and by training on foot.
 * Sizes are assumptions.
 */
final class StepSignal {

    private static final double WORN = 0.93;

    private final Draws draws;
    private final DailyLife life;
    private final Course course;
    private final TrainingSignal training;
    private final Notebook notebook;

    StepSignal(Draws draws, DailyLife life, Course course, TrainingSignal training, Delivery delivery) {
        this.draws = draws;
        this.life = life;
        this.course = course;
        this.training = training;
        this.notebook = new Notebook(Reading.Kind.STEPS, course.timeline(), delivery);
    }

    List<Reading> generate() {
        for (int day = 0; day < course.days(); day++) {
            double mood = StrictMath.exp(draws.normal(0, 0.22));
            if (draws.chance(WORN) && !course.presence().inHospital(day)) {
                long from = course.timeline().midnight(day);
                int lasting = (int) (course.timeline().midnight(day + 1) - from);
                double walked = life.stepsADay() * mood * share(day)
                        + training.minutesOn(day) * life.sport().stepsAMinute();
                notebook.span(from, lasting, Math.min(45_000, walked), 0);
            }
        }
        return notebook.readings();
    }

    private double share(int day) {
        double share = course.timeline().date(day).getDayOfWeek() == DayOfWeek.SUNDAY ? 0.85 : 1;
        share *= course.presence().atHome(day) ? 1 : 1.2;
        share *= course.fever().on(day) > 0 ? 0.5 : 1;
        return share * Math.max(0.3, 1 - 0.12 * course.fluid().gainOn(day));
    }
}
