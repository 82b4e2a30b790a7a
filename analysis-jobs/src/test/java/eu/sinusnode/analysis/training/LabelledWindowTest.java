package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledWindowTest {

    @Test
    void aMajorityOfFibrillatingBeatsIsPositiveAndHalfIsNot() {
        assertThat(window(beats(16, Rhythm.AFIB, Rhythm.N)))
                .matches(LabelledWindow::positive)
                .matches(window -> window.stratum().equals(LabelledWindow.MIXED));
        assertThat(window(beats(15, Rhythm.AFIB, Rhythm.N))).matches(window -> !window.positive());
    }

    @Test
    void flutterAndJunctionalRhythmAreStrataOfTheirOwnAndNegative() {
        assertThat(window(beats(30, Rhythm.AFL, Rhythm.N)))
                .matches(window -> window.flutter() && !window.positive())
                .matches(window -> window.stratum().equals(Rhythm.AFL));
        assertThat(window(beats(30, Rhythm.J, Rhythm.N)))
                .matches(window -> !window.flutter() && !window.positive())
                .matches(window -> window.stratum().equals(Rhythm.J));
    }

    @Test
    void aRhythmThatTheTrainingDataDoesNotHaveKeepsItsNameAndIsNegative() {
        assertThat(window(beats(30, Rhythm.of("(SVTA"), Rhythm.N)))
                .matches(window -> !window.positive() && !window.flutter())
                .matches(window -> window.stratum().equals("SVTA"));
    }

    @Test
    void thirtyMinutesOfNormalRhythmAreALongStretchAndAnythingShorterIsNot() {
        int beats = 30 * 60_000 / 800;

        assertThat(LabelledWindow.of(record(constant(beats, 800))).windows()).allMatch(LabelledWindow::longNormal);
        assertThat(LabelledWindow.of(record(constant(beats - 1, 800))).windows())
                .noneMatch(LabelledWindow::longNormal);
    }

    @Test
    void windowsAreNumberedByTheFiveMinutesTheyBeginIn() {
        List<LabelledWindow> windows =
                LabelledWindow.of(record(constant(750, 800))).windows();

        assertThat(windows).hasSize(25);
        assertThat(windows.subList(0, 13)).allMatch(window -> window.series() == 0);
        assertThat(windows.subList(13, 25)).allMatch(window -> window.series() == 1);
    }

    @Test
    void unusableWindowsAreCounted() {
        RhythmRecord.Stretch stretch = constant(60, 800);
        Arrays.fill(stretch.rr(), 30, 34, 5000);

        LabelledWindow.OfRecord windows = LabelledWindow.of(record(stretch));

        assertThat(windows.windows()).hasSize(1);
        assertThat(windows.unusable()).isEqualTo(1);
    }

    private static LabelledWindow window(RhythmRecord.Stretch stretch) {
        return LabelledWindow.of(record(stretch)).windows().get(0);
    }

    private static RhythmRecord record(RhythmRecord.Stretch stretch) {
        return new RhythmRecord("r", List.of(stretch));
    }

    private static RhythmRecord.Stretch constant(int beats, int rr) {
        int[] intervals = new int[beats];
        Arrays.fill(intervals, rr);
        String[] rhythm = new String[beats];
        Arrays.fill(rhythm, Rhythm.N);
        return new RhythmRecord.Stretch(intervals, rhythm);
    }

    private static RhythmRecord.Stretch beats(int first, String label, String rest) {
        RhythmRecord.Stretch stretch = constant(30, 800);
        Arrays.fill(stretch.rhythm(), rest);
        Arrays.fill(stretch.rhythm(), 0, first, label);
        return stretch;
    }
}
