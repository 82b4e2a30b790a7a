package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.score.BleedingRisk;
import eu.sinusnode.analysis.score.BleedingRisk.Answer;
import eu.sinusnode.analysis.score.BleedingRisk.Item;
import eu.sinusnode.analysis.score.StrokeRisk;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CHA2DS2-VA of patients whose record names atrial fibrillation, when it names no anticoagulant: 2 points or more are a high
 * likelihood (anticoagulation is recommended), 1 a moderate one (to be considered), ESC 2024. Not for who has a mechanical
 * valve or mitral stenosis, and not for a suspicion from a device. HAS-BLED stands beside it for information.
 */
public final class StrokeRiskRule implements RiskModel {

    private static final ModelIdentity IDENTITY =
            new ModelIdentity(Codes.STROKE_RISK, "cha2ds2-va", "1.0.0", "CHA2DS2-VA, with HAS-BLED", null);

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.SYSTOLIC, Measurement.DIASTOLIC)
                .with(FactKind.PERSON, FactKind.DIAGNOSES, FactKind.DRUGS, FactKind.LABORATORY);
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        PatientFacts facts = features.facts();
        Recorded<Diagnosis> diagnoses = facts.diagnoses();
        if (diagnoses.isRead() && !diagnoses.has(Diagnosis.ATRIAL_FIBRILLATION)) {
            return new RiskResult.NotApplicable(IDENTITY, "The record names no atrial fibrillation.");
        }
        if (diagnoses.has(Diagnosis.MECHANICAL_VALVE_OR_MITRAL_STENOSIS)) {
            return new RiskResult.NotApplicable(
                    IDENTITY,
                    "CHA2DS2-VA is not made for patients with a mechanical valve or mitral stenosis: they need"
                            + " anticoagulation whatever the score.");
        }
        ScoreInputs inputs = new ScoreInputs(features);
        inputs.read(diagnoses, "diagnoses");
        int age = inputs.age();
        if (!inputs.isComplete()) {
            return new RiskResult.NotComputable(IDENTITY, "CHA2DS2-VA cannot be computed. " + inputs.missing());
        }
        StrokeRisk score = new StrokeRisk(
                age,
                diagnoses.has(Diagnosis.HEART_FAILURE),
                diagnoses.has(Diagnosis.HYPERTENSION),
                diagnoses.has(Diagnosis.DIABETES),
                diagnoses.has(Diagnosis.STROKE),
                diagnoses.has(Diagnosis.VASCULAR_DISEASE));
        String seen = "CHA2DS2-VA is %d of 8: %s.".formatted(score.points(), parts(score));
        if (score.points() == 0) {
            return new RiskResult.Clear(IDENTITY, seen);
        }
        if (facts.drugs().has(DrugClass.ANTICOAGULANT)) {
            return new RiskResult.Clear(IDENTITY, seen + " An anticoagulant is recorded.");
        }
        inputs.use(diagnoses.references(
                Diagnosis.ATRIAL_FIBRILLATION,
                Diagnosis.HEART_FAILURE,
                Diagnosis.HYPERTENSION,
                Diagnosis.DIABETES,
                Diagnosis.STROKE,
                Diagnosis.VASCULAR_DISEASE));
        return new RiskResult.Raised(IDENTITY, finding(score, seen, inputs, features));
    }

    private static String parts(StrokeRisk score) {
        List<String> parts = new ArrayList<>();
        parts.add("age %d (%d)".formatted(score.age(), score.agePoints()));
        add(parts, score.heartFailure(), "heart failure (1)");
        add(parts, score.hypertension(), "hypertension (1)");
        add(parts, score.diabetes(), "diabetes (1)");
        add(parts, score.stroke(), "stroke or thromboembolism (2)");
        add(parts, score.vascular(), "vascular disease (1)");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, boolean present, String part) {
        if (present) {
            parts.add(part);
        }
    }

    private static Finding finding(StrokeRisk score, String seen, ScoreInputs inputs, PatientFeatures features) {
        boolean recommended = score.points() >= 2;
        BleedingRisk bleeding = BleedingAnswers.of(features, score.age());
        List<String> missing = new ArrayList<>();
        missing.add("What the record does not name counts as absent.");
        if (!features.facts().drugs().isRead()) {
            missing.add("Whether an anticoagulant is taken is not known to the rule.");
        }
        if (!bleeding.of(Answer.UNKNOWN).isEmpty()) {
            missing.add("HAS-BLED is the fewest points that it can be; not known are: "
                    + bleeding.of(Answer.UNKNOWN).stream().map(Item::words).collect(Collectors.joining("; ")) + ".");
        }
        FindingDraft draft = recommended ? FindingDraft.high() : FindingDraft.moderate();
        return draft.figure(Figure.count("CHA2DS2-VA", score.points(), "{score}"))
                .figure(Figure.count("Points for age", score.agePoints(), "{score}"))
                .figure(Figure.count("Points for heart failure", score.heartFailure() ? 1 : 0, "{score}"))
                .figure(Figure.count("Points for hypertension", score.hypertension() ? 1 : 0, "{score}"))
                .figure(Figure.count("Points for diabetes", score.diabetes() ? 1 : 0, "{score}"))
                .figure(Figure.count("Points for stroke or thromboembolism", score.stroke() ? 2 : 0, "{score}"))
                .figure(Figure.count("Points for vascular disease", score.vascular() ? 1 : 0, "{score}"))
                .figure(Figure.count("HAS-BLED, at least", bleeding.points(), "{score}"))
                .reason(seen)
                .reason(
                        recommended
                                ? "From 2 points on anticoagulation is recommended (ESC 2024), and the record names none."
                                : "With 1 point anticoagulation should be considered (ESC 2024), and the record names none.")
                .reason(
                        "For information, HAS-BLED is at least %d of 9%s: it names what to treat, and is no reason to withhold"
                                        .formatted(bleeding.points(), named(bleeding))
                                + " anticoagulation (ESC 2024).")
                .missing(missing)
                .inputs(inputs.references())
                .of(
                        inputs.start(),
                        inputs.end(),
                        "A clinician decides with the patient: the score knows neither kidney function nor wishes, and it is only"
                                + " for atrial fibrillation that an ECG has shown.",
                        Duration.ofDays(14),
                        words(score.points(), recommended));
    }

    private static String named(BleedingRisk bleeding) {
        List<Item> yes = bleeding.of(Answer.YES);
        return yes.isEmpty() ? "" : " (" + yes.stream().map(Item::words).collect(Collectors.joining("; ")) + ")";
    }

    private static Words words(int points, boolean recommended) {
        return new Words(
                new Sentence(
                        "Atrial fibrillation with CHA2DS2-VA %d and no anticoagulant in the record: %s."
                                .formatted(points, recommended ? "recommended" : "to be considered"),
                        "Vorhofflimmern mit CHA2DS2-VA %d ohne Gerinnungshemmer in der Akte: %s."
                                .formatted(points, recommended ? "empfohlen" : "zu erwägen")),
                new Sentence(
                        "With your irregular heartbeat a drug that keeps blood from clotting can protect you from a stroke. Your clinic"
                                + " looks at whether you need one. With weakness or trouble speaking call 112.",
                        "Bei Ihrem unregelmäßigen Herzschlag kann ein Gerinnungshemmer vor einem Schlaganfall schützen. Ihre"
                                + " Klinik prüft, ob Sie einen brauchen. Bei Lähmung oder Sprachstörung rufen Sie 112."));
    }
}
