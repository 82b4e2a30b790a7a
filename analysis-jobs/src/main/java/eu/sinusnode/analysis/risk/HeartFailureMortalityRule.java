package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.LaboratoryMeasure;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.score.Maggic;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * MAGGIC of patients whose record names heart failure. From 25 points on, the upper three of the paper's six groups, it
 * raises a flag; the limit is this house's, no guideline sets one.
 */
public final class HeartFailureMortalityRule implements RiskModel {

    static final int LIMIT = 25;

    private static final int LONGEST_NYHA_DAYS = 365;
    private static final ModelIdentity IDENTITY =
            new ModelIdentity(Codes.HEART_FAILURE_MORTALITY, "maggic", "1.0.0", "MAGGIC", null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return new ModelInputs(EnumSet.allOf(Measurement.class), false, EnumSet.allOf(FactKind.class));
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        PatientFacts facts = features.facts();
        Recorded<Diagnosis> diagnoses = facts.diagnoses();
        if (diagnoses.isRead() && !diagnoses.has(Diagnosis.HEART_FAILURE)) {
            return new RiskResult.NotApplicable(IDENTITY, "The record names no heart failure.");
        }
        ScoreInputs inputs = new ScoreInputs(features);
        inputs.read(diagnoses, "diagnoses");
        inputs.read(facts.drugs(), "medication");
        int age = inputs.age();
        boolean male = inputs.male();
        boolean smokes = inputs.smokes();
        double systolic = inputs.systolic();
        double ejectionFraction = inputs.laboratory(LaboratoryMeasure.EJECTION_FRACTION);
        double creatinine = inputs.laboratory(LaboratoryMeasure.CREATININE);
        double mass = bodyMassIndex(features, inputs);
        Dated<Integer> nyha = facts.nyha();
        boolean staged = inputs.dated("NYHA class", Set.of(Codes.NYHA_CLASS), LONGEST_NYHA_DAYS, nyha);
        if (facts.heartFailureSince() == null) {
            inputs.missing("since when heart failure is known");
        }
        if (!inputs.isComplete() || !staged || nyha == null || facts.heartFailureSince() == null) {
            return new RiskResult.NotComputable(IDENTITY, "MAGGIC cannot be computed. " + inputs.missing());
        }
        boolean longStanding =
                !facts.heartFailureSince().isAfter(features.recent().lastDay().minusMonths(18));
        Maggic score = new Maggic(
                age,
                male,
                ejectionFraction,
                systolic,
                mass,
                creatinine,
                nyha.value(),
                smokes,
                diagnoses.has(Diagnosis.DIABETES),
                diagnoses.has(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE),
                longStanding,
                facts.drugs().has(DrugClass.BETA_BLOCKER),
                facts.drugs().has(DrugClass.RENIN_ANGIOTENSIN_BLOCKER));
        inputs.use(diagnoses.references(
                Diagnosis.HEART_FAILURE, Diagnosis.DIABETES, Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE));
        inputs.use(facts.drugs().references(DrugClass.BETA_BLOCKER, DrugClass.RENIN_ANGIOTENSIN_BLOCKER));
        String seen = String.format(
                Locale.ROOT,
                "MAGGIC is %d points, a risk of dying of %.1f %% in one year and %.1f %% in three: %s, NYHA %d.",
                score.points(),
                100 * score.oneYear(),
                100 * score.threeYears(),
                inputs.told(),
                score.nyha());
        return score.points() >= LIMIT
                ? new RiskResult.Raised(IDENTITY, finding(score, seen, inputs, features))
                : new RiskResult.Clear(IDENTITY, seen);
    }

    /** The newest index of the last 28 days, or the newest weight by the newest height. */
    private static double bodyMassIndex(PatientFeatures features, ScoreInputs inputs) {
        List<Sample> indices = features.recent().of(Measurement.BODY_MASS_INDEX).samples();
        if (!indices.isEmpty()) {
            Sample newest = indices.get(indices.size() - 1);
            inputs.use(List.of(newest.reference()));
            return newest.value();
        }
        List<Sample> weights = features.recent().of(Measurement.BODY_WEIGHT).samples();
        List<Sample> heights = features.heights();
        if (weights.isEmpty() || heights.isEmpty()) {
            return inputs.missing(inputs.orWithheld(
                    "body mass index, or a weight of the last 28 days with a height",
                    Set.of(Codes.BODY_MASS_INDEX, Codes.BODY_WEIGHT, Codes.BODY_HEIGHT)));
        }
        Sample weight = weights.get(weights.size() - 1);
        Sample height = heights.get(heights.size() - 1);
        inputs.use(List.of(weight.reference(), height.reference()));
        double metres = height.value() / 100;
        return weight.value() / (metres * metres);
    }

    private static Finding finding(Maggic score, String seen, ScoreInputs inputs, PatientFeatures features) {
        return FindingDraft.moderate()
                .figure(Figure.count("MAGGIC", score.points(), "{score}"))
                .figure(Figure.of("Risk of dying in one year", 100 * score.oneYear(), 1, "%"))
                .figure(Figure.of("Risk of dying in three years", 100 * score.threeYears(), 1, "%"))
                .figure(Figure.count(
                        "Points that a beta blocker would take away", score.betaBlocker() ? 0 : 3, "{score}"))
                .figure(Figure.count(
                        "Points that an ACE inhibitor or receptor blocker would take away",
                        score.renalBlockade() ? 0 : 1,
                        "{score}"))
                .reason(seen)
                .reason("It is flagged from %d points on, a limit of this house: no guideline sets one."
                        .formatted(LIMIT))
                .missing(List.of("Diagnoses and drugs that the record does not name count as absent."))
                .missing(Withheld.sentence(features.withheld()).stream().toList())
                .telling(inputs.telling())
                .inputs(inputs.references())
                .of(
                        inputs.start(),
                        inputs.end(),
                        "A clinician decides: the score was made before today's treatment of heart failure, and says what happened"
                                + " to many, not what will happen to one.",
                        Duration.ofDays(28),
                        words(score));
    }

    private static Words words(Maggic score) {
        return new Words(
                new Sentence(
                        String.format(
                                Locale.ROOT,
                                "MAGGIC %d points, one-year mortality %.1f %%.",
                                score.points(),
                                100 * score.oneYear()),
                        String.format(
                                Locale.GERMANY,
                                "MAGGIC %d Punkte, Sterblichkeit in einem Jahr %.1f %%.",
                                score.points(),
                                100 * score.oneYear())),
                new Sentence(
                        "Your clinic has looked at your values together. It will speak with you about how your heart failure is"
                                + " treated.",
                        "Ihre Klinik hat Ihre Werte zusammen betrachtet. Sie spricht mit Ihnen darüber, wie Ihre Herzschwäche"
                                + " behandelt wird."));
    }
}
