package eu.sinusnode.therapy.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.therapy.triage.Urgency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers raise, and how urgently. */
class AlertTest {

    private static final String SYMPTOMS = Canonicals.BASE + "/Questionnaire/symptom-check|1.0.0";
    private static final String MOOD = Canonicals.BASE + "/Questionnaire/mood-check|1.0.0";

    /** The table of docs/therapy-plans.md, by linkId. */
    private static final Map<String, AlertRule> COMPLAINTS = Map.of(
            "chest-pain", AlertRule.CHEST_PAIN,
            "breathless", AlertRule.BREATHLESS,
            "breathless-at-night", AlertRule.BREATHLESS_AT_NIGHT,
            "swelling", AlertRule.SWELLING,
            "dizzy", AlertRule.DIZZY);

    private static final List<String> QUESTIONS =
            COMPLAINTS.keySet().stream().sorted().toList();
    private static final Set<AlertRule> RED = EnumSet.of(AlertRule.CHEST_PAIN, AlertRule.BREATHLESS);
    private static final List<String> CHOICES =
            List.of("0: Not at all", "1: Several days", "2: More than half the days", "3: Nearly every day");

    private static QuestionnaireResponse answers(String questionnaire) {
        return new QuestionnaireResponse()
                .setQuestionnaire(questionnaire)
                .setStatus(QuestionnaireResponseStatus.COMPLETED);
    }

    private static void answer(QuestionnaireResponse answers, String question, @Nullable Type value) {
        QuestionnaireResponseItemComponent item = answers.addItem().setLinkId(question);
        if (value != null) {
            item.addAnswer().setValue(value);
        }
    }

    private static QuestionnaireResponse yes(String... questions) {
        QuestionnaireResponse answers = answers(SYMPTOMS);
        for (String question : questions) {
            answer(answers, question, new BooleanType(true));
        }
        return answers;
    }

    private static QuestionnaireResponse mood(String interest, String mood) {
        QuestionnaireResponse answers = answers(MOOD);
        answer(answers, "interest", new StringType(interest));
        answer(answers, "mood", new StringType(mood));
        return answers;
    }

    private static Optional<Alert> alert(QuestionnaireResponse answers) {
        return Alert.of(null, answers);
    }

    private static Set<AlertRule> rules(QuestionnaireResponse answers) {
        return alert(answers).map(Alert::rules).orElse(Set.of());
    }

    /** What can be said to a question: yes, no, nothing at all, no value, a value of another kind. */
    private static void say(QuestionnaireResponse answers, String question, int how) {
        switch (how) {
            case 0 -> answer(answers, question, new BooleanType(true));
            case 1 -> answer(answers, question, new BooleanType(false));
            case 2 -> answer(answers, question, null);
            case 3 -> answer(answers, question, new StringType("yes"));
            default -> {}
        }
    }

    @Test
    void everyAnswerOnComplaints() {
        int ways = 5;
        for (int all = 0; all < Math.pow(ways, QUESTIONS.size()); all++) {
            QuestionnaireResponse answers = answers(SYMPTOMS);
            Set<AlertRule> expected = EnumSet.noneOf(AlertRule.class);
            int rest = all;
            for (String question : QUESTIONS) {
                say(answers, question, rest % ways);
                if (rest % ways == 0) {
                    expected.add(COMPLAINTS.get(question));
                }
                rest /= ways;
            }
            assertThat(rules(answers)).as("combination %d", all).isEqualTo(expected);
            if (!expected.isEmpty()) {
                assertThat(new Alert(expected).urgency())
                        .as("combination %d", all)
                        .isEqualTo(expected.stream().anyMatch(RED::contains) ? Urgency.STAT : Urgency.ASAP);
            }
        }
    }

    @Test
    void everyAnswerOnMood() {
        for (int interest = 0; interest < CHOICES.size(); interest++) {
            for (int mood = 0; mood < CHOICES.size(); mood++) {
                assertThat(rules(mood(CHOICES.get(interest), CHOICES.get(mood))))
                        .as("%d and %d", interest, mood)
                        .isEqualTo(interest + mood >= 3 ? Set.of(AlertRule.LOW_MOOD) : Set.of());
            }
        }
        assertThat(new Alert(Set.of(AlertRule.LOW_MOOD)).urgency()).isEqualTo(Urgency.URGENT);
    }

    @Test
    void whatIsMissingOrUnknownRaisesNothing() {
        assertThat(alert(answers(SYMPTOMS))).isEmpty();
        assertThat(alert(answers(MOOD))).isEmpty();
        for (String unknown : List.of("Often", "4: Always", "-3: Never", "3", "33: x", " 3: Nearly every day", "")) {
            assertThat(rules(mood(unknown, CHOICES.get(2)))).as(unknown).isEmpty();
        }
        QuestionnaireResponse numbers = answers(MOOD);
        answer(numbers, "interest", new IntegerType(3));
        answer(numbers, "mood", null);
        assertThat(alert(numbers)).isEmpty();
    }

    /** What is missing could only add to it. */
    @Test
    void oneQuestionOfTwoReachesTheCutOffAlone() {
        QuestionnaireResponse half = answers(MOOD);
        answer(half, "mood", new StringType("3: Fast jeden Tag"));
        assertThat(rules(half)).containsExactly(AlertRule.LOW_MOOD);
    }

    @Test
    void answersCountForTheirOwnQuestionnaireAlone() {
        QuestionnaireResponse swapped = yes("chest-pain").setQuestionnaire(MOOD);
        assertThat(alert(swapped)).isEmpty();
        assertThat(alert(mood(CHOICES.get(3), CHOICES.get(3)).setQuestionnaire(SYMPTOMS)))
                .isEmpty();
        assertThat(alert(yes("interest", "chest", "CHEST-PAIN"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sinusnode.eu/fhir/Questionnaire/symptom-check-2|1.0.0",
                "https://clinic.example/Questionnaire/symptom-check|1.0.0",
                "symptom-check|1.0.0"
            })
    void anotherQuestionnaireIsNotReadAsThisOne(String questionnaire) {
        assertThat(alert(yes("chest-pain").setQuestionnaire(questionnaire))).isEmpty();
        assertThat(alert(yes("chest-pain").setQuestionnaire(null))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(QuestionnaireResponseStatus.class)
    void onlyWhatSomebodyHasFinishedIsTold(QuestionnaireResponseStatus status) {
        boolean told = status == QuestionnaireResponseStatus.COMPLETED || status == QuestionnaireResponseStatus.AMENDED;
        assertThat(alert(yes("chest-pain").setStatus(status)).isPresent()).isEqualTo(told);
        assertThat(Alert.of(yes("chest-pain").setStatus(status), yes("chest-pain"))
                        .isPresent())
                .as("finished now")
                .isEqualTo(!told);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "dizzy, dizzy, nothing",
                "dizzy, dizzy chest-pain, CHEST_PAIN DIZZY",
                "dizzy, swelling, SWELLING",
                "dizzy chest-pain, chest-pain, nothing",
                "chest-pain, '', nothing",
                "'', chest-pain, CHEST_PAIN"
            })
    void whatIsToldAgainIsNoAlertOfItsOwn(String before, String now, @Nullable String rules) {
        Optional<Alert> alert = Alert.of(yes(before.split(" ")), yes(now.split(" ")));
        assertThat(alert.map(Alert::rules)
                        .map(all ->
                                String.join(" ", all.stream().map(Enum::name).toList())))
                .isEqualTo(Optional.ofNullable(rules));
    }

    /** More answers never make anything less urgent, whatever they are. */
    @Test
    void itOnlyRaises() {
        AlertRule[] all = AlertRule.values();
        for (int bits = 1; bits < 1 << all.length; bits++) {
            Set<AlertRule> some = EnumSet.noneOf(AlertRule.class);
            for (int i = 0; i < all.length; i++) {
                if ((bits >> i & 1) == 1) {
                    some.add(all[i]);
                }
            }
            for (AlertRule more : all) {
                Set<AlertRule> with = EnumSet.of(more);
                with.addAll(some);
                assertThat(new Alert(with).urgency())
                        .as("%s and %s", some, more)
                        .isLessThanOrEqualTo(new Alert(some).urgency());
            }
        }
    }

    @Test
    void moreAnswersMeetNoFewerRules() {
        QuestionnaireResponse answers = answers(MOOD);
        Set<AlertRule> before = rules(answers);
        for (String question : List.of("interest", "mood", "interest", "mood")) {
            for (String choice : List.of(CHOICES.get(1), CHOICES.get(2), "unknown", CHOICES.get(0))) {
                answer(answers, question, new StringType(choice));
                assertThat(rules(answers)).containsAll(before);
                before = rules(answers);
            }
        }
        assertThat(before).containsExactly(AlertRule.LOW_MOOD);
    }

    /** A form may put its questions into groups, or below an answer. */
    @Test
    void answersCountAtWhateverDepth() {
        QuestionnaireResponse grouped = answers(SYMPTOMS);
        grouped.addItem()
                .setLinkId("today")
                .addItem()
                .setLinkId("heart")
                .addItem(yes("chest-pain").getItemFirstRep());
        assertThat(rules(grouped)).containsExactly(AlertRule.CHEST_PAIN);

        QuestionnaireResponse below = answers(SYMPTOMS);
        answer(below, "well", new BooleanType(false));
        below.getItemFirstRep().getAnswerFirstRep().addItem(yes("dizzy").getItemFirstRep());
        assertThat(rules(below)).containsExactly(AlertRule.DIZZY);

        QuestionnaireResponse mood = answers(MOOD);
        answer(mood, "interest", new StringType(CHOICES.get(1)));
        mood.addItem()
                .setLinkId("mood-today")
                .addItem(mood(CHOICES.get(0), CHOICES.get(2)).getItem().get(1));
        assertThat(rules(mood)).containsExactly(AlertRule.LOW_MOOD);
        assertThat(Alert.of(grouped, yes("chest-pain")))
                .as("the same, without the group")
                .isEmpty();
    }

    @Test
    void anAlertIsOfSomething() {
        assertThatThrownBy(() -> new Alert(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
