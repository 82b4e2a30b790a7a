package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;

/** What a rule says of a patient at noon of 20 November 2026, and what holds of every such answer. */
final class RuleResults {

    static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private RuleResults() {}

    static RiskResult score(RiskModel rule, Vitals vitals, Facts facts) {
        return rule.score(PatientFeatures.of(vitals.of("p", facts.build()), AS_OF));
    }

    static Finding raised(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Raised.class);
        Finding finding = ((RiskResult.Raised) result).finding();
        assertThat(finding.inputs()).isNotEmpty().containsAll(finding.telling());
        assertThat(finding.telling())
                .allSatisfy(reference -> assertThat(reference).startsWith("Observation/"));
        assertThat(finding.decision()).startsWith("A clinician decides");
        assertThat(finding.start()).isBeforeOrEqualTo(finding.end());
        return finding;
    }

    static String notComputable(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.NotComputable.class);
        return ((RiskResult.NotComputable) result).reason();
    }

    static String notApplicable(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.NotApplicable.class);
        return ((RiskResult.NotApplicable) result).reason();
    }

    static String clear(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Clear.class);
        return ((RiskResult.Clear) result).reason();
    }

    static String figure(Finding finding, String name) {
        return finding.figures().stream()
                .filter(figure -> figure.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .value()
                .toPlainString();
    }

    /** Cuff readings of five days up to the day before. */
    static Vitals pressure(double systolic) {
        Vitals vitals = new Vitals().device(Codes.CUFF).setting(Codes.HOME);
        for (int day = 15; day <= 19; day++) {
            vitals.pressure("2026-11-%02dT08:00:00+01:00".formatted(day), systolic, 70);
        }
        return vitals;
    }
}
