package eu.sinusnode.analysis.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.risk.Finding;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same records with and without adherence: what is raised, how severe it is and by when it is to be looked at is the same. */
class AdherenceDecidesNothingTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final int RECORDS = 400;

    private final PatientRangeScoring scoring = new PatientRangeScoring(RiskModels.all());

    @Test
    void neitherWhatIsRaisedNorHowSevereItIs() {
        int told = 0;
        int kept = 0;
        for (long seed = 0; seed < RECORDS; seed++) {
            PatientReadings record = RandomRecords.of(seed, AS_OF);
            List<RiskResult> with = results(record);
            List<RiskResult> without = results(record.withFacts(record.facts().withAdherence(List.of())));
            assertThat(with).hasSameSizeAs(without);
            for (int i = 0; i < with.size(); i++) {
                RiskResult one = with.get(i);
                RiskResult other = without.get(i);
                if (one.equals(other)) {
                    continue;
                }
                if (one instanceof RiskResult.Raised raised) {
                    assertThat(raised.model().risk()).isEqualTo(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
                    assertThat(other).isInstanceOf(RiskResult.Raised.class);
                    same(raised.finding(), ((RiskResult.Raised) other).finding());
                    told++;
                } else {
                    assertThat(one).isInstanceOf(RiskResult.NotComputable.class);
                    assertThat(other).isInstanceOf(RiskResult.NotComputable.class);
                    assertThat(((RiskResult.NotComputable) one).reason())
                            .startsWith(((RiskResult.NotComputable) other).reason());
                    kept++;
                }
            }
        }
        assertThat(told).as("flags that tell of adherence").isGreaterThan(20);
        assertThat(kept).as("reasons that tell of what a plan asked for").isPositive();
    }

    private List<RiskResult> results(PatientReadings record) {
        PatientScores scores =
                scoring.score(scoring.features(List.of(record), AS_OF)).get(0);
        return scores.results();
    }

    private static void same(Finding with, Finding without) {
        assertThat(with)
                .usingRecursiveComparison()
                .ignoringFields("reasons", "telling", "inputs")
                .isEqualTo(without);
        assertThat(with.reasons().subList(0, without.reasons().size())).isEqualTo(without.reasons());
        assertThat(with.telling()).startsWith(without.telling().toArray(String[]::new));
        assertThat(with.inputs()).containsAll(without.inputs());
    }
}
