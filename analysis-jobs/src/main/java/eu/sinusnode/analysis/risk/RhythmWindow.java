package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The RR recordings of the 28 days that end with the newest one.
 *
 * @param recordings by time
 * @param refused of the same time, not usable at all
 * @param stale the newest is more than 28 days older than the run
 */
public record RhythmWindow(List<RhythmRecording> recordings, List<RefusedSeries> refused, boolean stale) {

    public static RhythmWindow of(List<RrSeries> series, List<RefusedSeries> refused, Instant asOf) {
        List<RrSeries> known = series.stream()
                .filter(one -> !one.start().toInstant().isAfter(asOf))
                .sorted(Comparator.comparing((RrSeries one) -> one.start().toInstant())
                        .thenComparing(RrSeries::reference))
                .toList();
        if (known.isEmpty()) {
            return new RhythmWindow(List.of(), refused, false);
        }
        Instant newest = known.get(known.size() - 1).start().toInstant();
        Instant start = newest.minus(PatientFeatures.WINDOW);
        return new RhythmWindow(
                known.stream()
                        .filter(one -> one.start().toInstant().isAfter(start))
                        .map(RhythmRecording::of)
                        .toList(),
                refused.stream()
                        .filter(one -> one.start().toInstant().isAfter(start))
                        .toList(),
                newest.isBefore(asOf.minus(PatientFeatures.WINDOW)));
    }
}
