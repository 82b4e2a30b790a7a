package eu.sinusnode.sampledata.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final long FIVE_MINUTES = 300_000;
    private static final int RECORDINGS = 200;

    private static List<RrSeries> recordings(
            double ectopicProbability, long fibrillatesTo, int age, RecordingDevice device) {
        Recorder.Heart heart = new Recorder.Heart(850, 680, age, ectopicProbability, 0, fibrillatesTo);
        return IntStream.range(0, RECORDINGS)
                .mapToObj(i -> Recorder.record(Draws.of(11, i, "recording"), heart, device, FIVE_MINUTES))
                .toList();
    }

    private static double median(List<RrSeries> recordings, ToDoubleFunction<RrSeries> figure) {
        double[] sorted = recordings.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static final List<RrSeries> SINUS = recordings(0, 0, 65, RecordingDevice.ECG);
    private static final List<RrSeries> ECTOPY = recordings(0.08, 0, 65, RecordingDevice.ECG);
    private static final List<RrSeries> FIBRILLATION = recordings(0, FIVE_MINUTES, 65, RecordingDevice.ECG);

    @Test
    void fillsFiveMinutesAndNotMore() {
        for (List<RrSeries> recordings : List.of(SINUS, ECTOPY, FIBRILLATION)) {
            assertThat(recordings)
                    .allSatisfy(series -> assertThat(series.durationMillis()).isBetween(297_000L, FIVE_MINUTES));
        }
    }

    @Test
    void fibrillationScattersAsInTheAtrialFibrillationDatabase() {
        assertThat(median(FIBRILLATION, RrSeries::normalizedRmssd)).isCloseTo(0.30, within(0.03));
        assertThat(median(FIBRILLATION, series -> series.sdnn() / series.mean()))
                .isCloseTo(0.22, within(0.02));
        assertThat(median(FIBRILLATION, RecorderTest::lagOneCorrelation)).isCloseTo(0.05, within(0.06));
        assertThat(median(
                        FIBRILLATION,
                        series -> Arrays.stream(series.intervals()).min().orElseThrow() / series.mean()))
                .isCloseTo(0.58, within(0.04));
        assertThat(FIBRILLATION)
                .allSatisfy(series -> assertThat(series.normalizedRmssd()).isGreaterThan(0.2));
    }

    @Test
    void sinusRhythmIsSteady() {
        assertThat(SINUS).allSatisfy(series -> {
            assertThat(series.normalizedRmssd()).isLessThan(0.08);
            assertThat(series.fibrillatingShare()).isZero();
        });
        assertThat(median(SINUS, RrSeries::sdnn)).isBetween(20.0, 50.0);
        assertThat(median(SINUS, RrSeries::mean)).isCloseTo(850, within(10.0));
    }

    @Test
    void sinusRhythmRemembersAndFibrillationDoesNot() {
        assertThat(median(SINUS, RecorderTest::lagOneCorrelation)).isGreaterThan(0.3);
        assertThat(median(FIBRILLATION, RecorderTest::lagOneCorrelation)).isLessThan(0.12);
    }

    @Test
    void variabilityFallsWithAge() {
        assertThat(median(recordings(0, 0, 45, RecordingDevice.ECG), RrSeries::rmssd))
                .isGreaterThan(1.5 * median(recordings(0, 0, 85, RecordingDevice.ECG), RrSeries::rmssd));
    }

    /** What fools a screening that looks at scatter alone: high RMSSD, yet early beat and pause alternate. */
    @Test
    void ectopyScattersAndAlternates() {
        assertThat(median(ECTOPY, RrSeries::normalizedRmssd)).isGreaterThan(0.12);
        assertThat(median(ECTOPY, RecorderTest::lagOneCorrelation)).isLessThan(-0.2);
        assertThat(ECTOPY)
                .allSatisfy(series -> assertThat(series.ectopicBeats()).isGreaterThan(3));
    }

    @Test
    void aVentricularBeatAndItsPauseLastTwoIntervals() {
        Ectopy everyBeat = new Ectopy(Draws.of(1, 1, "a ventricular one"), 1);
        for (int i = 0; i < 200; i++) {
            double early = everyBeat.apply(800);
            double pause = everyBeat.apply(800);
            assertThat(early).isLessThan(800 * 0.85);
            assertThat(early + pause).isBetween(800 * 1.6, 1600.0001);
            assertThat(pause).isGreaterThan(800);
        }
        assertThat(everyBeat.beats()).isEqualTo(200);
    }

    @Test
    void aRecordingMayBeginInSinusRhythmAndEndInFibrillation() {
        Recorder.Heart heart = new Recorder.Heart(850, 680, 70, 0, 120_000, FIVE_MINUTES);

        Recording recording = new Recording(
                1,
                0,
                RecordingDevice.ECG,
                Recorder.record(Draws.of(1, 1, "mixed"), heart, RecordingDevice.ECG, FIVE_MINUTES));

        assertThat(recording.series().fibrillatingShare()).isBetween(0.55, 0.75);
        assertThat(recording.trueRhythm()).isEqualTo("mixed");
    }

    @Test
    void statisticsOfAKnownSeries() {
        RrSeries series = new RrSeries(new int[] {800, 900, 800, 1000}, 0, 0);

        assertThat(series.mean()).isEqualTo(875);
        assertThat(series.sdnn()).isCloseTo(95.743, within(0.001));
        assertThat(series.rmssd()).isCloseTo(141.421, within(0.001));
        assertThat(series.durationMillis()).isEqualTo(3500);
    }

    private static double lagOneCorrelation(RrSeries series) {
        int[] intervals = series.intervals();
        double mean = series.mean();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < intervals.length; i++) {
            variance += (intervals[i] - mean) * (intervals[i] - mean);
            covariance += i == 0 ? 0 : (intervals[i] - mean) * (intervals[i - 1] - mean);
        }
        return covariance / variance;
    }
}
