package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.LaboratoryMeasure;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.feature.Statistics;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.score.BleedingRisk;
import eu.sinusnode.analysis.score.BleedingRisk.Answer;
import eu.sinusnode.analysis.score.BleedingRisk.Item;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** What a record answers to the items of HAS-BLED. Alcohol and the liver are known when they are named, and else unknown. */
final class BleedingAnswers {

    private BleedingAnswers() {}

    /** @param age in years */
    static BleedingRisk of(PatientFeatures features, int age) {
        PatientFacts facts = features.facts();
        Recorded<Diagnosis> diagnoses = facts.diagnoses();
        Map<Item, Answer> answers = new EnumMap<>(Item.class);
        double[] pressures = features.recent().of(Measurement.SYSTOLIC).dayMeans();
        if (pressures.length > 0) {
            answers.put(Item.UNCONTROLLED_PRESSURE, Answer.of(Statistics.mean(pressures) > 160));
        }
        Answer creatinine = creatinine(facts, features.recent().lastDay());
        answers.put(Item.RENAL, diagnoses.has(Diagnosis.DIALYSIS_OR_KIDNEY_TRANSPLANT) ? Answer.YES : creatinine);
        if (diagnoses.has(Diagnosis.CIRRHOSIS)) {
            answers.put(Item.LIVER, Answer.YES);
        }
        answers.put(Item.STROKE, Answer.of(diagnoses.has(Diagnosis.STROKE)));
        answers.put(Item.BLEEDING, Answer.of(diagnoses.has(Diagnosis.BLEEDING)));
        answers.put(Item.ELDERLY, Answer.of(age > 65));
        answers.put(Item.ALCOHOL, diagnoses.has(Diagnosis.HARMFUL_ALCOHOL) ? Answer.YES : Answer.UNKNOWN);
        if (facts.drugs().isRead()) {
            answers.put(Item.DRUGS, Answer.of(facts.drugs().has(DrugClass.ANTIPLATELET_OR_NSAID)));
            if (!facts.drugs().has(DrugClass.VITAMIN_K_ANTAGONIST)) {
                answers.put(Item.LABILE_INR, Answer.NO);
            }
        }
        return new BleedingRisk(answers);
    }

    private static Answer creatinine(PatientFacts facts, LocalDate day) {
        return LaboratoryMeasure.CREATININE
                .newest(facts.laboratory(), day)
                .filter(value -> !value.on().isBefore(day.minusDays(LaboratoryMeasure.CREATININE.longestDays())))
                .map(value -> Answer.of(value.value() > 200))
                .orElse(Answer.UNKNOWN);
    }
}
