package eu.sinusnode.analysis.score;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * HAS-BLED (Pisters 2010, doi 10.1378/chest.10-0134): 0 to 9 points for what makes a bleeding likelier. For information: the
 * ESC 2024 guideline does not withhold anticoagulation for a score, it asks to treat what can be changed. Items of which
 * nothing is known count as absent, so that the points are the fewest that it can be.
 */
public record BleedingRisk(Map<Item, Answer> answers) {

    /** What it asks for; one point each. */
    public enum Item {
        UNCONTROLLED_PRESSURE("systolic pressure above 160 mm[Hg]"),
        RENAL("dialysis, kidney transplant or creatinine above 200 umol/L"),
        LIVER("cirrhosis, or bilirubin above twice with transaminases above three times normal"),
        STROKE("stroke"),
        BLEEDING("bleeding before or a disposition to it"),
        LABILE_INR("labile INR"),
        ELDERLY("age above 65 years"),
        DRUGS("antiplatelet drug or NSAID"),
        ALCOHOL("harmful use of alcohol");

        private final String words;

        Item(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** What is known of an item. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN;

        public static Answer of(boolean yes) {
            return yes ? YES : NO;
        }
    }

    public BleedingRisk {
        TreeMap<Item, Answer> all = new TreeMap<>();
        for (Item item : Item.values()) {
            all.put(item, answers.getOrDefault(item, Answer.UNKNOWN));
        }
        answers = all;
    }

    public int points() {
        return of(Answer.YES).size();
    }

    public List<Item> of(Answer answer) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() == answer)
                .map(Map.Entry::getKey)
                .toList();
    }
}
