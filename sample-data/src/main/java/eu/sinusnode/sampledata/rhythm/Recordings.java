package eu.sinusnode.sampledata.rhythm;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.HeartRhythm;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import eu.sinusnode.sampledata.signal.PatientSignals;
import eu.sinusnode.sampledata.signal.RhythmCourse;
import eu.sinusnode.sampledata.signal.Timeline;
import java.util.ArrayList;
import java.util.List;

/** A patient's five-minute recordings at rest: two, and one more for every four weeks of data. */
public final class Recordings {

    private static final double RARE_ECTOPY = 0.002;

    private Recordings() {}

    /** Empty for a patient without a device that can record beats. */
    public static List<Recording> of(
            long seed, int number, ClinicalPicture picture, Timeline timeline, PatientSignals signals) {
        List<Recording> recordings = new ArrayList<>();
        if (picture.rhythmDevice() == RhythmDevice.NONE) {
            return recordings;
        }
        Draws draws = Draws.of(seed, number, "recordings");
        RecordingDevice device =
                picture.rhythmDevice() == RhythmDevice.PATCH ? RecordingDevice.ECG : RecordingDevice.PULSE_WAVE;
        double ectopicProbability = picture.rhythm() == HeartRhythm.ECTOPY ? ectopicProbability(draws) : RARE_ECTOPY;
        int count = 2 + timeline.days() / 28;
        for (int i = 0; i < count; i++) {
            long second = moment(draws, timeline, signals.rhythm(), i, count);
            Recorder.Heart heart = heart(picture, signals, second, ectopicProbability);
            RrSeries series = Recorder.record(draws, heart, device, Recording.SECONDS * 1000L);
            recordings.add(new Recording(i + 1, second, device, series));
        }
        return recordings;
    }

    /** One in five has many early beats: what is hardest to tell from fibrillation (shares are assumptions). */
    private static double ectopicProbability(Draws draws) {
        return draws.chance(0.2) ? draws.between(0.18, 0.35) : draws.between(0.03, 0.14);
    }

    /**
     * Spread over the weeks, by day. A patient with episodes feels them and records one in two, sometimes from shortly
     * before it begins (assumption).
     */
    private static long moment(Draws draws, Timeline timeline, RhythmCourse rhythm, int index, int count) {
        int day = (int) ((index + draws.between(0.3, 0.9)) * timeline.days() / count);
        long planned = timeline.atWallClock(day, draws.whole(9 * 3600, 20 * 3600));
        List<RhythmCourse.Episode> episodes = rhythm.episodes();
        if (episodes.isEmpty() || index % 2 == 0) {
            return planned;
        }
        RhythmCourse.Episode episode = episodes.get(Math.min(episodes.size() - 1, index * episodes.size() / count));
        long inside = episode.from() + draws.whole(1800, 3 * 3600);
        long onset = episode.from() - draws.whole(60, 240);
        return Math.max(timeline.start(), draws.chance(0.25) ? onset : inside);
    }

    private static Recorder.Heart heart(
            ClinicalPicture picture, PatientSignals signals, long second, double ectopicProbability) {
        long from = 0;
        long to = signals.rhythm().rhythm() == HeartRhythm.FIBRILLATION ? Recording.SECONDS * 1000L : 0;
        for (RhythmCourse.Episode episode : signals.rhythm().episodes()) {
            long start = Math.max(0, (episode.from() - second) * 1000);
            long end = Math.min(Recording.SECONDS * 1000L, (episode.to() - second) * 1000);
            if (start < end) {
                from = start;
                to = end;
            }
        }
        double rate = signals.truePulse().applyAsDouble(second);
        boolean fibrillates = signals.rhythm().fibrillatesAt(second);
        double sinusRate = fibrillates ? rate - 16 : rate;
        return new Recorder.Heart(
                60_000 / Math.max(45, sinusRate),
                60_000 / Math.max(55, sinusRate + 16),
                picture.age(),
                ectopicProbability,
                from,
                to);
    }
}
