package eu.sinusnode.server.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.disclosure.Explanation;
import eu.sinusnode.policy.disclosure.Explanation.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionInWordsTest {

    @Test
    void everyRuleIsSaidForEveryPurposeInBothLanguages() {
        Set<String> said = new HashSet<>();
        for (DecisionInWords words : DecisionInWords.values()) {
            for (Rule rule : Rule.values()) {
                for (Purpose purpose :
                        List.of(Purpose.TREAT, Purpose.HPAYMT, Purpose.HOPERAT, Purpose.CAREMGT, Purpose.HRESCH)) {
                    String text = words.say(new Explanation(false, rule, null, null), purpose);
                    assertThat(text).matches("[A-Z][^{}]+\\. [A-ZÄÖÜ][^{}]+\\.");
                    said.add(words + text);
                }
            }
        }
        // Six rules are said for the purpose, the others for all alike.
        assertThat(said).hasSize(2 * (6 * 5 + 7));
    }

    @Test
    void theOutcomeComesFirstAndAMissingLinkLast() {
        assertThat(DecisionInWords.ENGLISH.say(new Explanation(true, Rule.PERMITTED, null, true), Purpose.TREAT))
                .isEqualTo("They are given it. A consent permits it for treatment. Legal basis: Art. 6(1)(a) and Art."
                        + " 9(2)(a) GDPR (consent).");
        assertThat(DecisionInWords.GERMAN.say(new Explanation(false, Rule.PERMITTED, null, false), Purpose.HPAYMT))
                .isEqualTo("Diese Stelle bekommt es nicht. Eine Einwilligung erlaubt es zur Kostenübernahme durch die"
                        + " Versicherung. Es ist nicht die Krankenversicherung des Patienten. Rechtsgrundlage: Art. 6 Abs."
                        + " 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO (Einwilligung).");
    }

    @Test
    void ofTheOwnAccessItIsSaidWhoHasIt() {
        assertThat(DecisionInWords.ENGLISH.say(new Explanation(true, Rule.OWN_ACCESS, null, null), Purpose.PATRQT))
                .isEqualTo("The patient, and who represents the patient, are given it. The own record is always open,"
                        + " whatever is permitted to others. Legal basis: Art. 15 GDPR (access to the own data).");
        assertThat(DecisionInWords.GERMAN.say(new Explanation(false, Rule.UNSIGNED, null, null), Purpose.PATRQT))
                .startsWith("Der Patient und seine Vertretung bekommen es nicht.");
        assertThat(DecisionInWords.GERMAN.say(new Explanation(false, Rule.LEGAL_DUTY, null, null), Purpose.HSYSADMIN))
                .startsWith("Diese Stelle bekommt es nicht.")
                .contains("§ 630f BGB");
    }

    /** What the texts cite is what the answer names beside them. */
    @Test
    void eachArticleStandsInTheEnglishWords() {
        for (Rule rule : Rule.values()) {
            String text = DecisionInWords.ENGLISH.say(new Explanation(false, rule, null, null), Purpose.TREAT);
            assertThat(rule.basis().articles()).isNotEmpty().allSatisfy(article -> assertThat(text)
                    .contains(article.replace(" GDPR", "")));
        }
    }

    @Test
    void whatHasToBeSoForAMaskedRecordToLeaveIsSaidInBothLanguages() {
        for (DecisionInWords words : DecisionInWords.values()) {
            String ofRecord = words.conditions("Observation", 12);
            String ofPatient = words.conditions("Patient", 12);
            assertThat(ofRecord).matches("[A-Z][^{}]+ 12 [^{}]+\\. [A-Z][^{}]+\\.");
            assertThat(ofPatient)
                    .startsWith(ofRecord + " ")
                    .contains(words == DecisionInWords.GERMAN ? "Region" : "region");
        }
    }
}
