package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.LaboratoryMeasure;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.score.RiskRegion;
import eu.sinusnode.analysis.score.Score2;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * SCORE2 and SCORE2-OP where they apply: 40 to 89 years, and no cardiovascular disease, heart failure, diabetes, chronic
 * kidney disease or familial hypercholesterolaemia in the record. High and very high risk by the ESC 2021 limits of the age
 * raise a flag.
 */
public final class CardiovascularRiskRule implements RiskModel {

    private static final ModelIdentity IDENTITY =
            new ModelIdentity(Codes.CARDIOVASCULAR_RISK, "score2", "1.0.0", "SCORE2 and SCORE2-OP", null);

    private static final List<Diagnosis> EXCLUDED = List.of(
            Diagnosis.VASCULAR_DISEASE,
            Diagnosis.STROKE,
            Diagnosis.HEART_FAILURE,
            Diagnosis.DIABETES,
            Diagnosis.CHRONIC_KIDNEY_DISEASE,
            Diagnosis.DIALYSIS_OR_KIDNEY_TRANSPLANT,
            Diagnosis.FAMILIAL_HYPERCHOLESTEROLAEMIA);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.SYSTOLIC, Measurement.DIASTOLIC)
                .with(FactKind.PERSON, FactKind.DIAGNOSES, FactKind.LABORATORY, FactKind.SMOKING);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        Optional<String> excluded = excluded(features);
        if (excluded.isPresent()) {
            return new RiskResult.NotApplicable(IDENTITY, excluded.get());
        }
        PatientFacts facts = features.facts();
        ScoreInputs inputs = new ScoreInputs(features);
        inputs.read(facts.diagnoses(), "diagnoses");
        int age = inputs.age();
        boolean male = inputs.male();
        boolean smokes = inputs.smokes();
        double systolic = inputs.systolic();
        double cholesterol = inputs.laboratory(LaboratoryMeasure.CHOLESTEROL);
        double hdl = inputs.laboratory(LaboratoryMeasure.HDL_CHOLESTEROL);
        Optional<RiskRegion> region = inputs.region();
        if (hdl >= cholesterol) {
            inputs.missing("cholesterol that can be: HDL is not below the total");
        }
        if (!inputs.isComplete()) {
            return new RiskResult.NotComputable(IDENTITY, "SCORE2 cannot be computed. " + inputs.missing());
        }
        Score2 score = new Score2(age, male, smokes, systolic, cholesterol, hdl, region.orElseThrow());
        String seen = String.format(
                Locale.ROOT,
                "%s gives a ten-year risk of %.1f %% in the %s risk region: %s.",
                score.name(),
                100 * score.risk(),
                score.region().words(),
                inputs.told());
        return score.category() == Score2.Category.LOW_TO_MODERATE
                ? new RiskResult.Clear(IDENTITY, seen)
                : new RiskResult.Raised(IDENTITY, finding(score, seen, inputs, features));
    }

    private static Optional<String> excluded(PatientFeatures features) {
        OptionalInt age = features.facts().age(features.recent().lastDay());
        if (age.isPresent() && (age.getAsInt() < Score2.YOUNGEST || age.getAsInt() > Score2.OLDEST)) {
            return Optional.of(
                    "SCORE2 and SCORE2-OP are made for %d to %d years.".formatted(Score2.YOUNGEST, Score2.OLDEST));
        }
        Recorded<Diagnosis> diagnoses = features.facts().diagnoses();
        return EXCLUDED.stream()
                .filter(diagnoses::has)
                .findFirst()
                .map(diagnosis -> "SCORE2 is made for people without %s, which the record names."
                        .formatted(diagnosis.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    private static Finding finding(Score2 score, String seen, ScoreInputs inputs, PatientFeatures features) {
        boolean veryHigh = score.category() == Score2.Category.VERY_HIGH;
        List<String> missing = new ArrayList<>();
        missing.add(
                "The pressure is that of the patient's cuff, which at home reads about 5 mm[Hg] lower than in the office"
                        + " that SCORE2 was made with.");
        missing.add("Diagnoses that the record does not name count as absent.");
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        FindingDraft draft = veryHigh ? FindingDraft.high() : FindingDraft.moderate();
        return draft.figure(Figure.of("Ten-year risk, " + score.name(), 100 * score.risk(), 1, "%"))
                .figure(Figure.count("Age", score.age(), "a"))
                .figure(Figure.of("Mean systolic pressure", Codes.SYSTOLIC, score.systolic(), 0, "mm[Hg]"))
                .figure(Figure.of("Total cholesterol", score.cholesterol(), 1, "mmol/L"))
                .figure(Figure.of("HDL cholesterol", score.hdl(), 1, "mmol/L"))
                .figure(Figure.of(
                        "Part of smoking", 100 * (score.risk() - without(score).risk()), 1, "%"))
                .reason(seen)
                .reason("By the limits of ESC 2021 for this age it is %s.".formatted(veryHigh ? "very high" : "high"))
                .missing(missing)
                .telling(inputs.telling())
                .inputs(inputs.references())
                .of(
                        inputs.start(),
                        inputs.end(),
                        "A clinician decides with the patient: the score is for people without cardiovascular disease, and says"
                                + " what happens to many like this one, not to one.",
                        Duration.ofDays(28),
                        words(score, veryHigh));
    }

    private static Score2 without(Score2 score) {
        return new Score2(
                score.age(), score.male(), false, score.systolic(), score.cholesterol(), score.hdl(), score.region());
    }

    private static Words words(Score2 score, boolean veryHigh) {
        return new Words(
                new Sentence(
                        String.format(
                                Locale.ROOT,
                                "%s %.1f %% in ten years, %s risk.",
                                score.name(),
                                100 * score.risk(),
                                veryHigh ? "very high" : "high"),
                        String.format(
                                Locale.GERMANY,
                                "%s %.1f %% in zehn Jahren, %s Risiko.",
                                score.name(),
                                100 * score.risk(),
                                veryHigh ? "sehr hohes" : "hohes")),
                new Sentence(
                        "Some of your values raise the risk of a heart attack or stroke in the years to come. Much of it can be"
                                + " changed. Your clinic speaks with you about it.",
                        "Einige Ihrer Werte erhöhen das Risiko für Herzinfarkt oder Schlaganfall in den nächsten Jahren. Vieles"
                                + " davon lässt sich ändern. Ihre Klinik spricht mit Ihnen darüber."));
    }
}
