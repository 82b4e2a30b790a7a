package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Builds five-minute recordings of one patient. */
public final class Recordings {

    private final List<RrSeries> series = new ArrayList<>();
    private final List<RefusedSeries> refused = new ArrayList<>();

    /** Intervals without any pattern, as in atrial fibrillation. */
    public static int[] irregular(int beats) {
        return new Random(beats).ints(beats, 450, 1100).toArray();
    }

    /** A calm sinus rhythm that breathing moves. */
    public static int[] regular(int beats) {
        int[] rr = new int[beats];
        Random random = new Random(beats);
        Arrays.setAll(rr, beat -> (int) (820 + 35 * Math.sin(beat / 0.8) + random.nextInt(12)));
        return rr;
    }

    public Recordings add(String start, int[] intervals) {
        String id = "rr-" + series.size();
        OffsetDateTime from = OffsetDateTime.parse(start);
        series.add(new RrSeries(
                "Observation/" + id + "/_history/1",
                List.of("DocumentReference/" + id + "/_history/1", "Binary/" + id + "/_history/1"),
                from,
                from.plusMinutes(5),
                intervals));
        return this;
    }

    public Recordings refuse(String start, String reason) {
        refused.add(new RefusedSeries("Observation/refused/_history/1", OffsetDateTime.parse(start), reason));
        return this;
    }

    public PatientReadings of(String patient) {
        return new PatientReadings(
                patient, List.of(), 0, List.of(), List.copyOf(series), List.copyOf(refused), PatientFacts.UNREAD);
    }
}
