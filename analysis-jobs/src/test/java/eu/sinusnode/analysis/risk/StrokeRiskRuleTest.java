package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.figure;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.pressure;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.LaboratoryCodes;
import org.junit.jupiter.api.Test;

class StrokeRiskRuleTest {

    private final StrokeRiskRule rule = new StrokeRiskRule();

    private Facts fibrillation(Diagnosis... others) {
        Diagnosis[] all = new Diagnosis[others.length + 1];
        all[0] = Diagnosis.ATRIAL_FIBRILLATION;
        System.arraycopy(others, 0, all, 1, others.length);
        return new Facts().born("1950-01-01").diagnoses(all).drugs();
    }

    @Test
    void pointsOfTheRecordAndBleedingForInformation() {
        Finding finding = raised(score(
                rule,
                pressure(165),
                fibrillation(Diagnosis.HYPERTENSION, Diagnosis.STROKE)
                        .drugs(DrugClass.ANTIPLATELET_OR_NSAID)
                        .laboratory(LaboratoryCodes.CREATININE, 210, "umol/L")));

        assertThat(figure(finding, "CHA2DS2-VA")).isEqualTo("5");
        assertThat(figure(finding, "HAS-BLED")).isEqualTo("5");
        assertThat(finding.value()).isEqualTo("high");
        assertThat(finding.reasons().get(0))
                .isEqualTo("CHA2DS2-VA is 5 of 8: age 76 (2), hypertension (1), stroke or thromboembolism (2).");
        assertThat(finding.reasons().get(2)).contains("no reason to withhold");
        assertThat(finding.inputs())
                .contains("Condition/STROKE/_history/1", "Condition/ATRIAL_FIBRILLATION/_history/1");
    }

    @Test
    void pointsAddUp() {
        Finding finding =
                raised(score(rule, new Vitals(), fibrillation(Diagnosis.HEART_FAILURE, Diagnosis.VASCULAR_DISEASE)));
        int sum = finding.figures().stream()
                .filter(figure -> figure.name().startsWith("Points for"))
                .mapToInt(figure -> figure.value().intValue())
                .sum();

        assertThat(figure(finding, "CHA2DS2-VA")).isEqualTo(String.valueOf(sum));
    }

    @Test
    void onePointIsToBeConsideredAndNoneIsClear() {
        assertThat(raised(score(rule, new Vitals(), fibrillation().born("1960-01-01")))
                        .value())
                .isEqualTo("moderate");
        assertThat(score(rule, new Vitals(), fibrillation().born("1970-01-01"))).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void anAnticoagulantInTheRecordLeavesNothingToAsk() {
        assertThat(score(rule, new Vitals(), fibrillation().drugs(DrugClass.ANTICOAGULANT)))
                .isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                        .contains("An anticoagulant is recorded"));
        Facts unread = new Facts().born("1950-01-01").diagnoses(Diagnosis.ATRIAL_FIBRILLATION);
        assertThat(raised(score(rule, new Vitals(), unread)).missing())
                .anyMatch(sentence -> sentence.contains("Whether an anticoagulant is taken is not known"));
    }

    @Test
    void onlyForKnownFibrillationWithoutValves() {
        assertThat(notApplicable(
                        score(rule, new Vitals(), new Facts().born("1950-01-01").diagnoses())))
                .contains("no atrial fibrillation");
        assertThat(notApplicable(
                        score(rule, new Vitals(), fibrillation(Diagnosis.MECHANICAL_VALVE_OR_MITRAL_STENOSIS))))
                .contains("whatever the score");
    }

    @Test
    void withoutDiagnosesOrBirthDateItIsNotComputable() {
        assertThat(notComputable(score(rule, new Vitals(), new Facts().born("1950-01-01"))))
                .contains("diagnoses were not read");
        assertThat(notComputable(score(rule, new Vitals(), fibrillation().born(null))))
                .isEqualTo("CHA2DS2-VA cannot be computed. Missing, stale or withheld: the birth date.");
    }

    @Test
    void whatOfBleedingIsNotKnownIsSaid() {
        assertThat(raised(score(rule, new Vitals(), fibrillation())).missing())
                .anyMatch(sentence -> sentence.contains("creatinine above 200"))
                .anyMatch(sentence -> sentence.contains("systolic pressure above 160"));
    }
}
