package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.feature.DailySeries;
import eu.sinusnode.analysis.feature.DailyValues;
import eu.sinusnode.analysis.feature.PressureCourse;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Home blood pressure that is controlled now and may not be in the next 14 days, by a model of simulated patients alone:
 * nothing it says is known of real ones. For people with hypertension in their record; cuff readings at home alone.
 */
public final class PressureDeteriorationModel implements RiskModel {

    public static final String ID = "pressure-deterioration-logistic";

    private static final List<String> WORDS = List.of(
            "systolic level",
            "diastolic level",
            "systolic slope",
            "last week against before",
            "deviation from day to day",
            "share of days measured");
    private static final int TELLING = 10;

    private final AdditiveModel model;
    private final ModelIdentity identity;

    public PressureDeteriorationModel(AdditiveModel model) {
        this.model = model.requiringInputs(PressureCourse.COLUMNS);
        this.identity = ModelIdentity.of(
                Codes.PRESSURE_DETERIORATION, model.manifest(), "Loss of blood pressure control ahead (synthetic)");
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.vitals(Measurement.SYSTOLIC, Measurement.DIASTOLIC).with(FactKind.DIAGNOSES);
    }

    @Override
    public boolean startsInShadow() {
        return model.manifest().synthetic();
    }

    /** The days up to that of the run. */
    public static PressureCourse course(PatientFeatures features) {
        return new PressureCourse(
                daily(features, BloodPressureReading::systolic), daily(features, BloodPressureReading::diastolic));
    }

    private static DailyValues daily(PatientFeatures features, ToDoubleFunction<BloodPressureReading> value) {
        List<Sample> samples = features.bloodPressure().readings().stream()
                .map(reading -> new Sample(reading.effective(), value.applyAsDouble(reading), reading.reference()))
                .toList();
        return DailyValues.of(DailySeries.of(samples), features.recent().lastDay(), PressureCourse.DAYS);
    }

    @Override
    public Map<String, Double> fed(PatientFeatures features) {
        PressureCourse course = course(features);
        return notFor(features).isPresent() || unfit(features, course).isPresent()
                ? Map.of()
                : judgement(course).fed();
    }

    private AdditiveJudgement judgement(PressureCourse course) {
        return new AdditiveJudgement(model, WORDS, course.inputs());
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        Optional<RiskResult> notFor = notFor(features);
        if (notFor.isPresent()) {
            return notFor.get();
        }
        PressureCourse course = course(features);
        Optional<RiskResult> unfit = unfit(features, course);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        AdditiveJudgement judgement = judgement(course);
        String seen = judgement.inWords(
                Locale.ROOT,
                "By a model of simulated patients the probability that home blood pressure is not under 135/85 mm[Hg] in the"
                        + " next 14 days is %.3f; it is called from %.2f.");
        return judgement.isCalled()
                ? new RiskResult.Raised(identity, finding(judgement, seen, course, features))
                : new RiskResult.Clear(identity, seen);
    }

    private Optional<RiskResult> notFor(PatientFeatures features) {
        Recorded<Diagnosis> diagnoses = features.facts().diagnoses();
        if (!diagnoses.isRead()) {
            return notComputable("Whether the patient has hypertension is not known. " + diagnoses.unread());
        }
        return diagnoses.has(Diagnosis.HYPERTENSION)
                ? Optional.empty()
                : Optional.of(new RiskResult.NotApplicable(identity, "The record names no hypertension."));
    }

    /** Why this patient's readings are not judged; the rows of training are chosen by the same. */
    private Optional<RiskResult> unfit(PatientFeatures features, PressureCourse course) {
        List<BloodPressureReading> readings = features.bloodPressure().readings();
        LocalDate last = features.recent().lastDay();
        if (readings.isEmpty() || course.measuredDays() < PressureCourse.LEAST_DAYS) {
            return notComputable(
                    Withheld.bloodPressure(features.withheld())
                            ? "Blood pressure is withheld: the patient's consent does not open it to automated analysis."
                            : "There are home cuff readings of %d day(s) in %d; %d are needed."
                                    .formatted(course.measuredDays(), PressureCourse.DAYS, PressureCourse.LEAST_DAYS));
        }
        LocalDate newest = readings.get(readings.size() - 1).effective().toLocalDate();
        if (!newest.isAfter(last.minusDays(PressureCourse.LEVEL_DAYS))) {
            return notComputable("The newest home blood pressure is of %s; it is older than %d days."
                    .formatted(newest, PressureCourse.LEVEL_DAYS));
        }
        return course.isControlled()
                ? Optional.empty()
                : Optional.of(new RiskResult.NotApplicable(
                        identity,
                        "Home blood pressure is not under 135/85 mm[Hg] now; what may come is not the question."));
    }

    private Optional<RiskResult> notComputable(String reason) {
        return Optional.of(new RiskResult.NotComputable(identity, reason));
    }

    private static Finding finding(
            AdditiveJudgement judgement, String seen, PressureCourse course, PatientFeatures features) {
        LocalDate first = features.recent().lastDay().minusDays(PressureCourse.DAYS - 1L);
        List<BloodPressureReading> used = features.bloodPressure().readings().stream()
                .filter(reading -> !reading.effective().toLocalDate().isBefore(first))
                .toList();
        List<String> missing = new ArrayList<>(judgement.missing());
        features.bloodPressure().notCounted().ifPresent(missing::add);
        Withheld.sentence(features.withheld()).ifPresent(missing::add);
        return judgement
                .told(FindingDraft.moderate().reason(seen))
                .figure(Figure.of("Mean systolic of 14 days", Codes.SYSTOLIC, course.level(), 1, "mm[Hg]"))
                .figure(Figure.count("Days measured of 28", course.measuredDays(), "d"))
                .missing(missing)
                .telling(used.stream()
                        .skip(Math.max(0, used.size() - TELLING))
                        .map(BloodPressureReading::reference)
                        .toList())
                .inputs(used.stream().map(BloodPressureReading::reference).toList())
                .inputs(features.facts().diagnoses().references(Diagnosis.HYPERTENSION))
                .of(
                        used.get(0).effective(),
                        used.get(used.size() - 1).effective(),
                        Synthetic.DECISION,
                        Duration.ofDays(14),
                        words(judgement));
    }

    private static Words words(AdditiveJudgement judgement) {
        return new Words(
                new Sentence(
                        judgement.inWords(
                                Locale.ROOT,
                                "Model of simulated patients alone, on trial: home blood pressure may leave control within 14"
                                        + " days (probability %.2f, called from %.2f)."),
                        judgement.inWords(
                                Locale.GERMANY,
                                "Modell auf Probe, nur an simulierten Patienten trainiert: Der Blutdruck zu Hause könnte in 14"
                                        + " Tagen nicht mehr eingestellt sein (Wahrscheinlichkeit %.2f, gemeldet ab"
                                        + " %.2f).")),
                new Sentence(
                        Synthetic.ENGLISH
                                + " It says that your blood pressure may rise in the next two weeks. Go on measuring and"
                                + " do not change your medication yourself. Your clinic looks at it.",
                        Synthetic.GERMAN
                                + " Sie sagt, dass Ihr Blutdruck in den nächsten zwei Wochen steigen könnte. Messen Sie"
                                + " weiter und ändern Sie Ihre Medikamente nicht selbst. Ihre Klinik sieht es sich an."));
    }
}
