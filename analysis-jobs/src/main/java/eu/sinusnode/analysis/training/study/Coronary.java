package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.training.tabular.Design;
import eu.sinusnode.analysis.training.tabular.Grouping;
import eu.sinusnode.analysis.training.tabular.Input;
import java.util.List;
import java.util.stream.Stream;

/**
 * Coronary stenosis over 50 % in patients referred for angiography, from what is found at the bedside. Columns are named
 * as in the table at hand, or as in the UCI repository.
 */
final class Coronary {

    private static final String PAIN = "chest pain type";
    private static final String ECG = "resting ECG";
    private static final String THAL = "thallium scan";

    /** Each has a FHIR profile: Patient, blood pressure, laboratory value, coronary finding. */
    private static final List<Input> BEDSIDE = List.of(
            Input.number("age", 18, 110, "age"),
            Input.number("sex", 0, 1, "sex"),
            Input.number("resting blood pressure", 60, 260, "resting_sbp_mmhg", "trestbps"),
            Input.number("cholesterol", 50, 800, "cholesterol_mg_dl", "chol"),
            Input.number("fasting glucose", 0, 1, "fasting_glucose_over_120", "fbs"),
            Input.code("typical_angina", PAIN, 1, 1, 4, "chest_pain_type", "cp"),
            Input.code("atypical_angina", PAIN, 2, 1, 4, "chest_pain_type", "cp"),
            Input.code("non_anginal_pain", PAIN, 3, 1, 4, "chest_pain_type", "cp"),
            Input.number("heart rate in exercise", 40, 250, "max_heart_rate", "thalach"),
            Input.number("angina in exercise", 0, 1, "exercise_angina", "exang"),
            Input.number("ST depression in exercise", 0, 10, "st_depression", "oldpeak"));

    /** None of these has a profile; they are read for the comparison alone. */
    private static final List<Input> WITHOUT_PROFILE = List.of(
            Input.code("st_t_abnormality", ECG, 1, 0, 2, "resting_ecg", "restecg"),
            Input.code("ventricular_hypertrophy", ECG, 2, 0, 2, "resting_ecg", "restecg"),
            Input.code("st_slope_flat", "ST slope", 2, 1, 3, "st_slope", "slope"),
            Input.code("st_slope_falling", "ST slope", 3, 1, 3, "st_slope", "slope"),
            Input.number("vessels in fluoroscopy", 0, 3, "vessels", "ca"),
            Input.code("thal_fixed_defect", THAL, 6, 3, 7, "thal"),
            Input.code("thal_reversible_defect", THAL, 7, 3, 7, "thal"));

    private Coronary() {}

    static Design design() {
        return new Design(
                "coronary",
                "coronary-bedside-logistic",
                "1.0.0",
                "coronary stenosis from bedside findings",
                new Design.Source("UCI Heart Disease, Cleveland Clinic (Detrano et al. 1989)", "CC BY 4.0", false),
                Stream.concat(BEDSIDE.stream(), WITHOUT_PROFILE.stream()).toList(),
                names(BEDSIDE),
                List.of("age", "sex", "typical_angina"),
                List.of(
                        new Design.Rival("share of positives alone", List.of()),
                        new Design.Rival("age and sex", List.of("age", "sex")),
                        new Design.Rival(
                                "all columns, also those without a profile",
                                Stream.concat(names(BEDSIDE).stream(), names(WITHOUT_PROFILE).stream())
                                        .toList())),
                List.of(Grouping.sex(), Grouping.age(55, 65)),
                List.of("disease_class", "num", "target"),
                10,
                0.5,
                List.of(0.1, 0.2, 0.3, 0.5, 0.7),
                List.of(
                        List.of("cholesterol"),
                        List.of("resting blood pressure"),
                        List.of("cholesterol", "fasting glucose"),
                        List.of(PAIN),
                        List.of("heart rate in exercise"),
                        List.of("ST depression in exercise"),
                        List.of("heart rate in exercise", "angina in exercise", "ST depression in exercise"),
                        List.of(
                                "cholesterol",
                                "fasting glucose",
                                "heart rate in exercise",
                                "angina in exercise",
                                "ST depression in exercise")));
    }

    private static List<String> names(List<Input> inputs) {
        return inputs.stream().map(Input::name).toList();
    }
}
