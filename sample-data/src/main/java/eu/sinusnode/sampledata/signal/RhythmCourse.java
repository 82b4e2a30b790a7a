package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.HeartRhythm;
import java.util.ArrayList;
import java.util.List;

/** When the heart fibrillates: always, never, or in episodes of four hours to two days, about one a week (assumption). */
public final class RhythmCourse {

    /** From one second since 1970 up to another. */
    public record Episode(long from, long to) {}

    private final HeartRhythm rhythm;
    private final List<Episode> episodes = new ArrayList<>();

    RhythmCourse(Draws draws, HeartRhythm rhythm, Timeline timeline) {
        this.rhythm = rhythm;
        if (rhythm == HeartRhythm.PAROXYSMAL_FIBRILLATION) {
            long length = timeline.end() - timeline.start();
            int count = Math.max(2, timeline.days() / 7);
            for (int i = 0; i < count; i++) {
                long from = timeline.start() + length * i / count + (long) (draws.uniform() * length / count / 2);
                long to = from + draws.whole(4 * 3600, 48 * 3600);
                episodes.add(new Episode(from, Math.min(to, timeline.end())));
            }
        }
    }

    public HeartRhythm rhythm() {
        return rhythm;
    }

    public List<Episode> episodes() {
        return List.copyOf(episodes);
    }

    public boolean fibrillatesAt(long second) {
        if (rhythm == HeartRhythm.FIBRILLATION) {
            return true;
        }
        for (Episode episode : episodes) {
            if (second >= episode.from && second < episode.to) {
                return true;
            }
        }
        return false;
    }
}
