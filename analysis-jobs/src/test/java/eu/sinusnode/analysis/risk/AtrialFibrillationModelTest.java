package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.reading.PatientReadings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AtrialFibrillationModelTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private final AtrialFibrillationModel model = new AtrialFibrillationModel(RhythmModel.shipped());

    @Test
    void oneIrregularRecordingOfManyIsSuspectedAndSaysSo() {
        Recordings recordings = new Recordings()
                .add("2026-11-10T08:00:00+01:00", Recordings.regular(360))
                .add("2026-11-11T08:00:00+01:00", Recordings.irregular(390))
                .add("2026-11-12T08:00:00+01:00", Recordings.regular(361));

        RiskResult.Raised raised = (RiskResult.Raised) score(recordings);

        assertThat(raised.model().sha256())
                .isEqualTo(RhythmModel.shipped().manifest().sha256());
        assertThat(raised.finding().value()).isEqualTo("high");
        assertThat(raised.finding().reasons()).first().asString().contains("in 1 of 3 recording(s)");
        assertThat(raised.finding().decision()).contains("A clinician decides").contains("ECG");
        assertThat(raised.finding().telling()).containsExactly("Observation/rr-1/_history/1");
        assertThat(raised.finding().inputs()).hasSize(9).contains("Binary/rr-2/_history/1");
        assertThat(raised.finding().start()).isEqualTo("2026-11-10T08:00:00+01:00");
        assertThat(raised.finding().end()).isEqualTo("2026-11-12T08:05:00+01:00");
    }

    @Test
    void regularRecordingsAreClear() {
        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", Recordings.regular(360))))
                .isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void threeUsableWindowsAreNeeded() {
        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", Recordings.irregular(89))))
                .isInstanceOf(RiskResult.NotComputable.class);
        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", Recordings.irregular(90))))
                .isInstanceOf(RiskResult.Raised.class);
    }

    @Test
    void aRecordingFullOfArtefactsIsNotJudged() {
        int[] noise = Recordings.irregular(360);
        for (int i = 0; i < noise.length; i += 5) {
            noise[i] = 120;
        }

        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", noise)))
                .isInstanceOf(RiskResult.NotComputable.class);
    }

    @Test
    void sixTenthsOfTheWindowsMustBeIrregular() {
        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", mixed(6))))
                .isInstanceOf(RiskResult.Raised.class);
        assertThat(score(new Recordings().add("2026-11-10T08:00:00+01:00", mixed(5))))
                .isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void withoutRecordingsNothingIsSaidAndAveragedHeartRatesDoNotHelp() {
        assertThat(reason(new Recordings()))
                .contains("no recording of RR intervals")
                .contains("Averaged heart rates");
        assertThat(reason(new Recordings().refuse("2026-11-10T08:00:00+01:00", "its Binary is empty")))
                .contains("1 because its Binary is empty");
    }

    @Test
    void withheldRecordingsAreSaidToBeWithheld() {
        PatientReadings withheld = new PatientReadings(
                "p", List.of("rr-interval-series"), 0, List.of(), List.of(), List.of(), PatientFacts.UNREAD);

        assertThat(model.score(PatientFeatures.of(withheld, AS_OF)))
                .isInstanceOfSatisfying(RiskResult.NotComputable.class, result -> assertThat(result.reason())
                        .contains("withheld"));
    }

    @Test
    void anOldRecordingIsStale() {
        assertThat(reason(new Recordings().add("2026-10-01T08:00:00+02:00", Recordings.irregular(360))))
                .contains("2026-10-01")
                .contains("older than 28 days");
    }

    private static int[] mixed(int irregularWindows) {
        int[] rr = Recordings.regular(300);
        System.arraycopy(Recordings.irregular(300), 0, rr, 0, irregularWindows * 30);
        assertThat(Arrays.stream(rr).max().orElseThrow()).isLessThan(2000);
        return rr;
    }

    private RiskResult score(Recordings recordings) {
        return model.score(PatientFeatures.of(recordings.of("p"), AS_OF));
    }

    private String reason(Recordings recordings) {
        return ((RiskResult.NotComputable) score(recordings)).reason();
    }
}
