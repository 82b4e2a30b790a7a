package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * All that one patient's devices send, with the truth behind it.
 *
 * @param deliveries readings in the order in which they arrive; a reading that is sent a second time stands here twice
 * @param truePulse the heart's mean rate per minute at a second since 1970
 */
public record PatientSignals(
        List<Reading> deliveries,
        PressureCourse pressure,
        FluidCourse fluid,
        RhythmCourse rhythm,
        FeverCourse fever,
        LongToDoubleFunction truePulse) {

    private static final double RESENT_SHARE = 0.015;

    private static final Comparator<Reading> BY_ARRIVAL = Comparator.comparingLong(Reading::arrival)
            .thenComparingLong(Reading::second)
            .thenComparing(Reading::kind)
            .thenComparingInt(Reading::number);

    /** Draws the signals of patient {@code number}: the same for every size of cohort. */
    public static PatientSignals of(long seed, int number, ClinicalPicture picture, DailyLife life, Timeline timeline) {
        int days = timeline.days();
        FluidCourse fluid = FluidCourse.draw(Draws.of(seed, number, "fluid"), picture.decompensation(), days);
        Presence presence = Presence.draw(Draws.of(seed, number, "presence"), fluid, days);
        PressureCourse pressure = new PressureCourse(Draws.of(seed, number, "pressure course"), picture, days);
        FeverCourse fever = FeverCourse.draw(Draws.of(seed, number, "fever"), days);
        RhythmCourse rhythm = new RhythmCourse(Draws.of(seed, number, "rhythm"), picture.rhythm(), timeline);
        Draws outages = Draws.of(seed, number, "outages");
        Delivery fromHome = new Delivery(outages, timeline, 0.3);
        Delivery fromWrist = new Delivery(outages, timeline, 0.4);

        List<Reading> pressures = new PressureSignal(
                        Draws.of(seed, number, "blood pressure"), picture, timeline, pressure, presence, fromHome)
                .generate();
        HeartRateSignal heart = new HeartRateSignal(
                Draws.of(seed, number, "heart rate"), picture, timeline, presence, rhythm, fromWrist);

        List<Reading> deliveries = new ArrayList<>(pressures);
        deliveries.addAll(heart.generate(pressures));
        WeightSignal weight =
                new WeightSignal(Draws.of(seed, number, "weight"), picture, timeline, fluid, presence, fromHome);
        if (picture.scale()) {
            deliveries.addAll(weight.generate());
        }
        if (!life.equals(DailyLife.UNKNOWN)) {
            Course course = new Course(timeline, presence, fluid, fever, rhythm, heart::rateAt);
            DailyLifeSignals daily = new DailyLifeSignals(seed, number, picture, life, course, fromHome, fromWrist);
            deliveries.addAll(daily.generate(List.copyOf(deliveries), weight.height()));
        }
        resend(Draws.of(seed, number, "resent"), deliveries);
        deliveries.sort(BY_ARRIVAL);
        return new PatientSignals(List.copyOf(deliveries), pressure, fluid, rhythm, fever, heart::rateAt);
    }

    /** Some readings come again one to three days later, unchanged, as from a gateway that lost the acknowledgement. */
    private static void resend(Draws draws, List<Reading> deliveries) {
        int count = deliveries.size();
        for (int i = 0; i < count; i++) {
            if (draws.chance(RESENT_SHARE)) {
                Reading original = deliveries.get(i);
                deliveries.add(original.arrivingAt(original.arrival() + draws.whole(86_400, 3 * 86_400)));
            }
        }
    }
}
