package eu.sinusnode.therapy.alert;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Reads which rules answers meet. What is missing, or is no answer that the questionnaire has, meets none; that says nothing of
 * how somebody is.
 */
final class AnswerReader {

    /** Of the PHQ-2: Kroenke 2003, doi 10.1097/01.MLR.0000093487.78664.3C. */
    private static final int CUT_OFF = 3;
    /** An answer of the PHQ-2 begins with its points, in whatever language it goes on. */
    private static final Pattern POINTS = Pattern.compile("([0-3]):.*", Pattern.DOTALL);

    /** What somebody has finished answering, and not taken back. */
    private static final Set<QuestionnaireResponseStatus> TOLD =
            EnumSet.of(QuestionnaireResponseStatus.COMPLETED, QuestionnaireResponseStatus.AMENDED);

    private AnswerReader() {}

    static Set<AlertRule> met(QuestionnaireResponse answers) {
        Set<AlertRule> met = EnumSet.noneOf(AlertRule.class);
        if (answers.getStatus() == null || !TOLD.contains(answers.getStatus())) {
            return met;
        }
        for (AlertRule rule : AlertRule.values()) {
            if (Versioned.isOf(answers.getQuestionnaire(), rule.questionnaire()) && isMet(rule, answers)) {
                met.add(rule);
            }
        }
        return met;
    }

    /** One question of several may reach the cut-off alone: what is missing could only add to it. */
    private static boolean isMet(AlertRule rule, QuestionnaireResponse answers) {
        return rule.complaint().isPresent()
                ? rule.questions().stream().anyMatch(question -> isYes(answers, question))
                : rule.questions().stream()
                                .mapToInt(question -> points(answers, question))
                                .sum()
                        >= CUT_OFF;
    }

    private static boolean isYes(QuestionnaireResponse answers, String question) {
        return values(answers, question)
                .anyMatch(value -> value instanceof BooleanType yes && Boolean.TRUE.equals(yes.getValue()));
    }

    private static int points(QuestionnaireResponse answers, String question) {
        return values(answers, question)
                .filter(StringType.class::isInstance)
                .map(value -> POINTS.matcher(String.valueOf(value.primitiveValue())))
                .filter(Matcher::matches)
                .mapToInt(points -> Integer.parseInt(points.group(1)))
                .max()
                .orElse(0);
    }

    private static Stream<Type> values(QuestionnaireResponse answers, String question) {
        return items(answers).stream()
                .filter(item -> question.equals(item.getLinkId()))
                .flatMap(item -> item.getAnswer().stream())
                .map(answer -> answer.getValue());
    }

    /** At whatever depth: in a group, or below an answer. */
    private static List<QuestionnaireResponseItemComponent> items(QuestionnaireResponse answers) {
        List<QuestionnaireResponseItemComponent> items = new ArrayList<>(answers.getItem());
        for (int i = 0; i < items.size(); i++) {
            QuestionnaireResponseItemComponent item = items.get(i);
            items.addAll(item.getItem());
            item.getAnswer().forEach(answer -> items.addAll(answer.getItem()));
        }
        return items;
    }
}
