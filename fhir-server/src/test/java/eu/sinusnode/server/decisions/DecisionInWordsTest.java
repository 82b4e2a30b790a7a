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
        assertThat(said).hasSize(2 * (6 * 5 + 5));
    }

    @Test
    void theOutcomeComesFirstAndAMissingLinkLast() {
        assertThat(DecisionInWords.ENGLISH.say(new Explanation(true, Rule.PERMITTED, null, true), Purpose.TREAT))
                .isEqualTo("They are given it. A consent permits it for treatment.");
        assertThat(DecisionInWords.GERMAN.say(new Explanation(false, Rule.PERMITTED, null, false), Purpose.HPAYMT))
                .isEqualTo("Diese Stelle bekommt es nicht. Eine Einwilligung erlaubt es zur Kostenübernahme durch die"
                        + " Versicherung. Es ist nicht die Krankenversicherung des Patienten.");
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
