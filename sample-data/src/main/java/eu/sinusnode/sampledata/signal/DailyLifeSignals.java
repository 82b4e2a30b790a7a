package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import java.util.ArrayList;
import java.util.List;

/** What is recorded of a patient's nights, steps and training, with oxygen saturation, temperature and height. */
final class DailyLifeSignals {

    private final long seed;
    private final int number;
    private final ClinicalPicture picture;
    private final DailyLife life;
    private final Course course;
    private final Delivery fromHome;
    private final Delivery fromWrist;

    DailyLifeSignals(
            long seed,
            int number,
            ClinicalPicture picture,
            DailyLife life,
            Course course,
            Delivery fromHome,
            Delivery fromWrist) {
        this.seed = seed;
        this.number = number;
        this.picture = picture;
        this.life = life;
        this.course = course;
        this.fromHome = fromHome;
        this.fromWrist = fromWrist;
    }

    /**
     * @param others what the devices of the heart measure
     * @param height in metres
     */
    List<Reading> generate(List<Reading> others, double height) {
        List<Reading> readings = new ArrayList<>(height(others, height));
        if (life.oximeter() || life.nightlySaturation()) {
            Delivery delivery = life.oximeter() ? fromHome : fromWrist;
            readings.addAll(new SaturationSignal(draws("saturation"), picture, life, course, delivery).generate());
        }
        if (life.thermometer()) {
            readings.addAll(new TemperatureSignal(draws("temperature"), picture, course, fromHome).generate());
        }
        if (life.tracked()) {
            List<Reading> moments = new ArrayList<>(others);
            moments.addAll(readings);
            List<Reading> awake = moments.stream().filter(this::needsHands).toList();
            readings.addAll(new NightSignals(draws("nights"), picture, life, course, awake, fromWrist).generate());
            TrainingSignal training = new TrainingSignal(draws("training"), picture, life, course, moments, fromWrist);
            readings.addAll(training.generate());
            readings.addAll(new StepSignal(draws("steps"), life, course, training, fromWrist).generate());
        }
        return readings;
    }

    private boolean needsHands(Reading reading) {
        return switch (reading.kind()) {
            case HEART_RATE -> false;
            case OXYGEN_SATURATION -> life.oximeter();
            default -> true;
        };
    }

    private Draws draws(String topic) {
        return Draws.of(seed, number, topic);
    }

    /** The clinic measures height on the first visit. */
    private List<Reading> height(List<Reading> others, double height) {
        Notebook notebook = new Notebook(Reading.Kind.BODY_HEIGHT, course.timeline(), fromHome);
        others.stream()
                .filter(Reading::office)
                .mapToLong(Reading::second)
                .min()
                .ifPresent(second -> notebook.inOffice(second - 300, height * 100));
        return notebook.readings();
    }
}
