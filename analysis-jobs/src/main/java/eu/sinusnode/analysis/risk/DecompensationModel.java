package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.feature.DailyValues;
import eu.sinusnode.analysis.feature.FluidCourse;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Admission with decompensated heart failure in the next seven days, by a model of simulated patients alone: nothing it says
 * is known of real ones. It stands beside the guideline's rule of weight gain and never in its place. For people with heart
 * failure in their record.
 */
public final class DecompensationModel implements RiskModel {

    public static final String ID = "decompensation-logistic";

    private static final List<String> WORDS = List.of(
            "weight rise in three days",
            "weight above usual",
            "weight slope",
            "share of days weighed",
            "resting heart rate above usual");
    private static final int TELLING = 10;

    private final AdditiveModel model;
    private final ModelIdentity identity;

    public DecompensationModel(AdditiveModel model) {
        this.model = model.requiringInputs(FluidCourse.COLUMNS);
        this.identity = ModelIdentity.of(
                Codes.HEART_FAILURE_DECOMPENSATION,
                model.manifest(),
                "Admission with decompensated heart failure ahead (synthetic)");
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.BODY_WEIGHT, Measurement.RESTING_HEART_RATE)
                .with(FactKind.DIAGNOSES);
    }

    @Override
    public boolean startsInShadow() {
        return model.manifest().synthetic();
    }

    /** The days up to that of the run. */
    public static FluidCourse course(PatientFeatures features) {
        return new FluidCourse(
                daily(features, Measurement.BODY_WEIGHT), daily(features, Measurement.RESTING_HEART_RATE));
    }

    private static DailyValues daily(PatientFeatures features, Measurement measurement) {
        return DailyValues.of(
                features.recent().of(measurement), features.recent().lastDay(), FluidCourse.DAYS);
    }

    @Override
    public Map<String, Double> fed(PatientFeatures features) {
        FluidCourse course = course(features);
        return notFor(features).isPresent() || unfit(features, course).isPresent()
                ? Map.of()
                : judgement(course).fed();
    }

    private AdditiveJudgement judgement(FluidCourse course) {
        return new AdditiveJudgement(model, WORDS, course.inputs());
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        Optional<RiskResult> notFor = notFor(features);
        if (notFor.isPresent()) {
            return notFor.get();
        }
        FluidCourse course = course(features);
        Optional<RiskResult> unfit = unfit(features, course);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        AdditiveJudgement judgement = judgement(course);
        String seen = judgement.inWords(
                Locale.ROOT,
                "By a model of simulated patients the probability of an admission with decompensated heart failure in the"
                        + " next seven days is %.3f; it is called from %.2f.");
        return judgement.isCalled()
                ? new RiskResult.Raised(identity, finding(judgement, seen, course, features))
                : new RiskResult.Clear(identity, seen);
    }

    private Optional<RiskResult> notFor(PatientFeatures features) {
        Recorded<Diagnosis> diagnoses = features.facts().diagnoses();
        if (!diagnoses.isRead()) {
            return notComputable("Whether the patient has heart failure is not known. " + diagnoses.unread());
        }
        return diagnoses.has(Diagnosis.HEART_FAILURE)
                ? Optional.empty()
                : Optional.of(new RiskResult.NotApplicable(identity, "The record names no heart failure."));
    }

    /** Why this patient's readings are not judged; the rows of training are chosen by the same. */
    private Optional<RiskResult> unfit(PatientFeatures features, FluidCourse course) {
        List<Sample> weights = features.recent().of(Measurement.BODY_WEIGHT).samples();
        if (weights.isEmpty() || course.weighedDays() < FluidCourse.LEAST_DAYS) {
            return notComputable(
                    features.withheld().contains(Codes.BODY_WEIGHT)
                            ? "Body weight is withheld: the patient's consent does not open it to automated analysis."
                            : "There are body weights of %d day(s) in %d; %d are needed."
                                    .formatted(course.weighedDays(), FluidCourse.DAYS, FluidCourse.LEAST_DAYS));
        }
        return course.isWeighedLately()
                ? Optional.empty()
                : notComputable("The newest body weight is of %s; it is older than %d days."
                        .formatted(weights.get(weights.size() - 1).day(), FluidCourse.LATELY_DAYS));
    }

    private Optional<RiskResult> notComputable(String reason) {
        return Optional.of(new RiskResult.NotComputable(identity, reason));
    }

    private static Finding finding(
            AdditiveJudgement judgement, String seen, FluidCourse course, PatientFeatures features) {
        List<Sample> weights = features.recent().of(Measurement.BODY_WEIGHT).samples();
        List<Sample> rates =
                features.recent().of(Measurement.RESTING_HEART_RATE).samples();
        Sample latest = weights.get(weights.size() - 1);
        List<String> missing = new ArrayList<>(judgement.missing());
        missing.add("Breathlessness, swelling, kidneys and medication are not among what it looks at.");
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        return judgement
                .told(FindingDraft.moderate().reason(seen))
                .figure(Figure.of("Latest weight", Codes.BODY_WEIGHT, latest.value(), 1, "kg"))
                .figure(Figure.count("Days weighed of 28", course.weighedDays(), "d"))
                .missing(missing)
                .telling(weights.stream()
                        .skip(Math.max(0, weights.size() - TELLING))
                        .map(Sample::reference)
                        .toList())
                .inputs(weights.stream().map(Sample::reference).toList())
                .inputs(rates.stream().map(Sample::reference).toList())
                .inputs(features.facts().diagnoses().references(Diagnosis.HEART_FAILURE))
                .of(weights.get(0).at(), latest.at(), Synthetic.DECISION, Duration.ofDays(1), words(judgement));
    }

    private static Words words(AdditiveJudgement judgement) {
        return new Words(
                new Sentence(
                        judgement.inWords(
                                Locale.ROOT,
                                "Model of simulated patients alone, on trial: admission with decompensated heart failure may come"
                                        + " within seven days (probability %.2f, called from %.2f)."),
                        judgement.inWords(
                                Locale.GERMANY,
                                "Modell auf Probe, nur an simulierten Patienten trainiert: In sieben Tagen könnte eine Aufnahme"
                                        + " mit dekompensierter Herzinsuffizienz kommen (Wahrscheinlichkeit %.2f, gemeldet ab"
                                        + " %.2f).")),
                new Sentence(
                        Synthetic.ENGLISH
                                + " They may mean water in the body. Your clinic looks at it; if you are short of breath"
                                + " or your legs swell, call your clinic today.",
                        Synthetic.GERMAN
                                + " Das kann Wasser im Körper bedeuten. Ihre Klinik sieht es sich an; bei Atemnot oder"
                                + " geschwollenen Beinen rufen Sie Ihre Klinik noch heute an."));
    }
}
