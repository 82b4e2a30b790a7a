package eu.sinusnode.therapy.apply;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.therapy.apply.Judgement.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Expression;

/**
 * Whether a patient may train, whatever programme or hand the training comes from.
 *
 * <p>Source: ESC 2020 sports cardiology, doi 10.1093/eurheartj/ehaa605; the limit of the heart rate is the house's.
 *
 * @param against contraindications that the record has, in words
 * @param open what could not be judged: what it asks, by the name of the condition
 */
public record TrainingSafety(List<String> against, Map<String, String> open) {

    /** As each training of the programmes that ship asks for them. */
    static final List<Expression> CONDITIONS = List.of(
            condition(
                    "controlled-pressure",
                    "%systolic < 180 and %diastolic < 110",
                    "The newest cuff pressure is below 180/110 mm[Hg]"),
            condition("resting-rate", "%restingHeartRate <= 120", "The newest heart rate at rest is at most 120 /min"),
            condition("no-unstable-angina", "%unstableAngina.not()", "There is no unstable angina"),
            condition(
                    "no-inflammation",
                    "%acuteInflammation.not()",
                    "There is no acute myocarditis, pericarditis or endocarditis"),
            condition(
                    "no-acute-heart-failure",
                    "%acuteHeartFailure.not() and (%heartFailure.not() or %nyhaClass < 4)",
                    "There is no acute heart failure and none of NYHA class IV"),
            condition("no-chest-pain", "%chestPain.not()", "No pain in the chest is told of in the last seven days"));

    public TrainingSafety {
        against = List.copyOf(against);
        open = Map.copyOf(open);
    }

    public static TrainingSafety judge(FhirContext context, PatientFacts facts) {
        Conditions conditions = new Conditions(context, facts);
        List<Judgement> judged = CONDITIONS.stream().map(conditions::judge).toList();
        Map<String, String> open = new LinkedHashMap<>();
        judged.stream()
                .filter(judgement -> judgement.answer() == Answer.OPEN)
                .forEach(judgement -> open.put(judgement.name(), judgement.asks() + ": " + judgement.because()));
        return new TrainingSafety(
                judged.stream()
                        .filter(judgement -> judgement.answer() == Answer.NO)
                        .map(judgement -> "this does not hold: " + judgement.asks() + " (" + judgement.because() + ")")
                        .toList(),
                open);
    }

    private static Expression condition(String name, String expression, String asks) {
        return new Expression()
                .setName(name)
                .setDescription(asks)
                .setLanguage("text/fhirpath")
                .setExpression(expression);
    }
}
