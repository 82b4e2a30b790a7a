package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestingHeartRateRuleTest {

    private final RestingHeartRateRule rule = new RestingHeartRateRule();

    private Vitals rates(double... perMinute) {
        Vitals vitals = new Vitals();
        for (int i = 0; i < perMinute.length; i++) {
            vitals.add(
                    Measurement.RESTING_HEART_RATE,
                    "2026-11-%02dT07:00:00+01:00".formatted(20 - perMinute.length + 1 + i),
                    perMinute[i]);
        }
        return vitals;
    }

    @ParameterizedTest
    @CsvSource({"49.9, true", "50, false", "100, false", "100.1, true"})
    void below50AndAbove100(double rate, boolean expected) {
        assertThat(score(rule, rates(rate, rate, rate), new Facts()) instanceof RiskResult.Raised)
                .isEqualTo(expected);
    }

    @Test
    void theMedianOfDaysDecides() {
        assertThat(score(rule, rates(70, 72, 130, 71), new Facts())).isInstanceOf(RiskResult.Clear.class);
        assertThat(notComputable(score(rule, rates(130, 130), new Facts())))
                .contains("2 day(s)")
                .contains("3 are needed");
    }

    @Test
    void heartRatesThatAreNotKnownToBeAtRestAreNotUsed() {
        Vitals vitals = new Vitals();
        for (int day = 14; day <= 20; day++) {
            vitals.add(Measurement.HEART_RATE, "2026-11-%02dT07:00:00+01:00".formatted(day), 140);
        }

        assertThat(notComputable(score(rule, vitals, new Facts()))).contains("not known to be at rest");
    }

    @Test
    void inKnownFibrillationTheLimitIs110() {
        Facts fibrillation =
                new Facts().diagnoses(Diagnosis.ATRIAL_FIBRILLATION).drugs();
        assertThat(score(rule, rates(108, 108, 108), fibrillation)).isInstanceOf(RiskResult.Clear.class);
        Finding finding = raised(score(rule, rates(112, 112, 112), fibrillation));
        assertThat(finding.reasons()).anyMatch(reason -> reason.contains("above 110/min"));
        assertThat(finding.missing()).isEmpty();
        assertThat(raised(score(rule, rates(108, 108, 108), new Facts())).missing())
                .anyMatch(sentence -> sentence.contains("atrial fibrillation"));
    }

    @Test
    void medicationIsNamedOrSaidToBeUnknown() {
        Finding unknown = raised(score(rule, rates(45, 45, 45), new Facts()));
        assertThat(unknown.missing()).anyMatch(sentence -> sentence.contains("slows the heart"));

        Finding known =
                raised(score(rule, rates(45, 45, 45), new Facts().diagnoses().drugs(DrugClass.BETA_BLOCKER)));
        assertThat(known.reasons()).anyMatch(reason -> reason.contains("a beta blocker"));
        assertThat(known.words().forClinician().german()).contains("unter Betablocker");
        assertThat(known.inputs()).contains("MedicationRequest/BETA_BLOCKER/_history/1");
        assertThat(known.missing()).isEmpty();

        Finding none =
                raised(score(rule, rates(45, 45, 45), new Facts().diagnoses().drugs()));
        assertThat(none.missing()).isEmpty();
        assertThat(none.reasons()).noneMatch(reason -> reason.contains("slows"));
    }

    @Test
    void aClinicianSetsTheLimitsOfThePatient() {
        Facts athlete = new Facts().limit(Codes.RESTING_HEART_RATE, 42.0, 90.0, "1");
        assertThat(score(rule, rates(45, 45, 45), athlete)).isInstanceOf(RiskResult.Clear.class);
        assertThat(raised(score(rule, rates(95, 95, 95), athlete)).inputs()).contains("Goal/1/_history/1");
    }

    @Test
    void staleRatesAreNotComputable() {
        Vitals old = new Vitals();
        for (int day = 8; day <= 12; day++) {
            old.add(Measurement.RESTING_HEART_RATE, "2026-11-%02dT07:00:00+01:00".formatted(day), 45);
        }

        assertThat(notComputable(score(rule, old, new Facts())))
                .contains("2026-11-12")
                .contains("older than seven days");
    }
}
