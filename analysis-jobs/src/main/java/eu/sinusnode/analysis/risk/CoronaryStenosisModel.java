package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.ChestPain;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.LaboratoryMeasure;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A stenosis over 50 % in a coronary artery, from what is found at the bedside, by a model of patients who were referred for
 * angiography. For people with chest pain, of the ages that it was trained on, of whom the record names no coronary disease.
 * Without age, sex or a recent type of chest pain there is no probability; each other finding may be missing.
 */
public final class CoronaryStenosisModel implements RiskModel {

    public static final String ID = "coronary-bedside-logistic";

    /** Of the patients of the Cleveland table. */
    static final int YOUNGEST = 29;

    static final int OLDEST = 77;

    private static final double GLUCOSE_LIMIT_MG_DL = 120;
    private static final double CHOLESTEROL_MG_DL_A_MMOL_L = 38.67;
    private static final String PAIN = "chest pain type";

    private static final List<String> COLUMNS = List.of(
            "age",
            "sex",
            "resting_sbp_mmhg",
            "cholesterol_mg_dl",
            "fasting_glucose_over_120",
            "typical_angina",
            "atypical_angina",
            "non_anginal_pain",
            "max_heart_rate",
            "exercise_angina",
            "st_depression");
    private static final List<String> WORDS = List.of(
            "age",
            "sex",
            "systolic pressure",
            "total cholesterol",
            "fasting glucose over 120 mg/dL",
            PAIN,
            PAIN,
            PAIN,
            "highest heart rate in exercise",
            "angina in exercise",
            "ST depression in exercise");

    private final AdditiveModel model;
    private final ModelIdentity identity;

    public CoronaryStenosisModel(AdditiveModel model) {
        this.model = model.requiringInputs(COLUMNS);
        this.identity =
                ModelIdentity.of(Codes.CORONARY_STENOSIS, model.manifest(), "Coronary stenosis from bedside findings");
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.SYSTOLIC, Measurement.DIASTOLIC)
                .with(FactKind.PERSON, FactKind.DIAGNOSES, FactKind.LABORATORY);
    }

    /**
     * What is there of a patient.
     *
     * @param required without anything of these there is no probability
     * @param pain as {@link ChestPain#number}; not a number when not known
     * @param optional what is missing of these counts as in an average training row
     * @param row in the order of the columns; empty when something is missing that is required
     */
    private record Findings(ScoreInputs required, double pain, ScoreInputs optional, double[] row) {

        private static Findings of(PatientFeatures features) {
            ScoreInputs required = new ScoreInputs(features);
            ScoreInputs optional = new ScoreInputs(features);
            required.read(features.facts().diagnoses(), "diagnoses");
            double age = required.age();
            double male = required.male() ? 1 : 0;
            double pain = required.laboratory(LaboratoryMeasure.CHEST_PAIN_TYPE);
            double[] row = required.isComplete() ? row(age, male, pain, optional) : new double[0];
            return new Findings(required, pain, optional, row);
        }

        private static double[] row(double age, double male, double pain, ScoreInputs optional) {
            double systolic = optional.systolic();
            double cholesterol = optional.laboratory(LaboratoryMeasure.CHOLESTEROL);
            double glucose = optional.laboratory(LaboratoryMeasure.FASTING_GLUCOSE);
            return new double[] {
                age,
                male,
                systolic,
                cholesterol * CHOLESTEROL_MG_DL_A_MMOL_L,
                Double.isNaN(glucose) ? Double.NaN : glucose > GLUCOSE_LIMIT_MG_DL ? 1 : 0,
                pain == ChestPain.TYPICAL_ANGINA.number() ? 1 : 0,
                pain == ChestPain.ATYPICAL_ANGINA.number() ? 1 : 0,
                pain == ChestPain.NON_ANGINAL_PAIN.number() ? 1 : 0,
                optional.laboratory(LaboratoryMeasure.EXERCISE_HEART_RATE),
                optional.laboratory(LaboratoryMeasure.EXERCISE_ANGINA),
                optional.laboratory(LaboratoryMeasure.ST_DEPRESSION)
            };
        }

        private String told() {
            String beside = optional.told();
            return beside.isEmpty() ? required.told() : required.told() + ", " + beside;
        }
    }

    @Override
    public Map<String, Double> fed(PatientFeatures features) {
        Findings findings = Findings.of(features);
        boolean judged =
                excluded(features, findings).isEmpty() && findings.required().isComplete();
        return judged ? judgement(findings).fed() : Map.of();
    }

    private AdditiveJudgement judgement(Findings findings) {
        return new AdditiveJudgement(model, WORDS, findings.row());
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        Findings findings = Findings.of(features);
        String excluded = excluded(features, findings);
        if (!excluded.isEmpty()) {
            return new RiskResult.NotApplicable(identity, excluded);
        }
        if (!findings.required().isComplete()) {
            return new RiskResult.NotComputable(
                    identity,
                    "Coronary stenosis cannot be judged. " + findings.required().missing());
        }
        AdditiveJudgement judgement = judgement(findings);
        String seen = judgement.inWords(
                        Locale.ROOT,
                        "The probability of a stenosis over 50 %% in a coronary artery is %.3f by a model of patients referred for"
                                + " angiography, called from %.2f: ")
                + findings.told() + ".";
        return judgement.isCalled()
                ? new RiskResult.Raised(identity, finding(judgement, seen, findings, features))
                : new RiskResult.Clear(identity, seen);
    }

    /** Why the model is not made for this patient; empty when it is, or when that is not known. */
    private static String excluded(PatientFeatures features, Findings findings) {
        OptionalInt age = features.facts().age(features.recent().lastDay());
        if (age.isPresent() && (age.getAsInt() < YOUNGEST || age.getAsInt() > OLDEST)) {
            return "The model was trained on patients of %d to %d years.".formatted(YOUNGEST, OLDEST);
        }
        Recorded<Diagnosis> diagnoses = features.facts().diagnoses();
        if (diagnoses.has(Diagnosis.CORONARY_DISEASE)) {
            return "The record names a coronary disease; the model is for people of whom it is not known.";
        }
        return findings.pain() == ChestPain.NO_PAIN.number()
                ? "There is no chest pain; the model is not for people without symptoms."
                : "";
    }

    private static Finding finding(
            AdditiveJudgement judgement, String seen, Findings findings, PatientFeatures features) {
        List<String> missing = new ArrayList<>(judgement.missing());
        if (!findings.optional().isComplete()) {
            missing.add(findings.optional().missing());
        }
        missing.add("The pressure is that of the patient's cuff at home; the model was made with one in the clinic.");
        missing.add(
                "Where it was made, typical pain was itself a reason for angiography, so that it counts for less here than it"
                        + " does at the bedside. Resting ECG, ST slope and imaging are not among what it looks at.");
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        TreeSet<String> telling = new TreeSet<>(findings.required().telling());
        telling.addAll(findings.optional().telling());
        return judgement
                .told(FindingDraft.moderate().reason(seen))
                .missing(missing)
                .telling(telling.stream().limit(12).toList())
                .inputs(findings.required().references())
                .inputs(findings.optional().references())
                .of(
                        findings.required().start().isBefore(findings.optional().start())
                                ? findings.required().start()
                                : findings.optional().start(),
                        findings.required().end(),
                        "A clinician decides: it was measured on one hospital's patients of the 1980s who came to angiography."
                                + " Elsewhere the order of patients may hold, the probability need not.",
                        Duration.ofDays(14),
                        words(judgement));
    }

    private static Words words(AdditiveJudgement judgement) {
        return new Words(
                new Sentence(
                        judgement.inWords(
                                Locale.ROOT,
                                "Bedside findings suggest a coronary stenosis over 50 %% (probability %.2f, called from %.2f)."),
                        judgement.inWords(
                                Locale.GERMANY,
                                "Klinische Befunde sprechen für eine Koronarstenose über 50 %% (Wahrscheinlichkeit %.2f, gemeldet"
                                        + " ab %.2f).")),
                new Sentence(
                        "Your findings suggest a closer look at the vessels of your heart. Your clinic speaks with you about it. With"
                                + " chest pain at rest, or that does not stop within five minutes, call 112.",
                        "Ihre Befunde sprechen dafür, sich die Herzgefäße genauer anzusehen. Ihre Klinik spricht mit Ihnen"
                                + " darüber. Bei Brustschmerz in Ruhe oder der nach fünf Minuten nicht aufhört, rufen Sie"
                                + " 112."));
    }
}
