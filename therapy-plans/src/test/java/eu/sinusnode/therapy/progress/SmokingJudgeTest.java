package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.progress.SmokingJudge.Stated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmokingJudgeTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String STOPPED = "8517006";
    private static final String NEVER = "266919005";
    private static final String DAILY = "449868002";

    private static CodeableConcept status(String... codes) {
        CodeableConcept concept = new CodeableConcept();
        for (String code : codes) {
            concept.addCoding(new Coding(Codes.SNOMED, code, null));
        }
        return concept;
    }

    private static Stated daysAgo(long days, String... codes) {
        return new Stated(NOW.minus(Duration.ofDays(days)), status(codes));
    }

    private static TargetProgress judge(Stated... stated) {
        return SmokingJudge.judge(status(STOPPED), List.of(stated), NOW);
    }

    @ParameterizedTest(name = "{0} wanted, {1} stated")
    @CsvSource({
        "8517006,   8517006,         true",
        "8517006,   266919005,       true",
        "266919005, 8517006,         true",
        "8517006,   449868002,       false",
        "8517006,   428041000124106, false",
        "8517006,   77176002,        false",
    })
    void theNewestStatusSaysWhetherItIsReached(String wanted, String stated, boolean reached) {
        assertThat(SmokingJudge.judge(status(wanted), List.of(daysAgo(3, stated)), NOW))
                .isInstanceOfSatisfying(TargetProgress.Coded.class, coded -> {
                    assertThat(coded.reached()).isEqualTo(reached);
                    assertThat(coded.value().getCodingFirstRep().getCode()).isEqualTo(stated);
                    assertThat(coded.isReached()).contains(reached);
                });
    }

    @Test
    void anOlderOneDoesNotCount() {
        assertThat(judge(daysAgo(1, DAILY), daysAgo(60, STOPPED)).isReached()).contains(false);
        assertThat(judge(daysAgo(60, DAILY), daysAgo(1, STOPPED)).isReached()).contains(true);
    }

    @Test
    void onesOfOneMomentHaveToAgree() {
        assertThat(judge(daysAgo(1, STOPPED), daysAgo(1, NEVER)).isReached()).contains(true);
        assertThat(judge(daysAgo(1, STOPPED), daysAgo(1, DAILY)).isReached()).isEmpty();
    }

    /** Unknown if ever smoked; a code of nobody's; no code; two codes that contradict each other. */
    @Test
    void whatDoesNotSayItIsNotComputableThoughAnOlderOneDoes() {
        for (Stated unclear : List.of(daysAgo(1, "266927001"), daysAgo(1, "1"), daysAgo(1), daysAgo(1, DAILY, NEVER))) {
            assertThat(judge(unclear, daysAgo(30, STOPPED)))
                    .isEqualTo(new TargetProgress.NotComputable(
                            "The newest status does not say whether the patient smokes."));
        }
        CodeableConcept elsewhere = new CodeableConcept(new Coding("http://example.org", STOPPED, null));
        assertThat(judge(new Stated(NOW.minusSeconds(60), elsewhere)).isReached())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} days ago")
    @ValueSource(longs = {84, 200, -1})
    void oneThatIsOldOrOfTomorrowIsNotComputable(long days) {
        assertThat(judge(daysAgo(days, STOPPED)))
                .isEqualTo(new TargetProgress.NotComputable("Nothing was stated in the last 84 days."));
    }

    @Test
    void theLastOfTwelveWeeksCounts() {
        assertThat(judge(daysAgo(83, STOPPED)).isReached()).contains(true);
    }

    @Test
    void aTargetThatIsNoStatusIsNotComputable() {
        assertThat(SmokingJudge.judge(status("386619000"), List.of(daysAgo(1, STOPPED)), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }
}
