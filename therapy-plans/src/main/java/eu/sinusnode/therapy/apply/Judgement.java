package eu.sinusnode.therapy.apply;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one condition of a programme.
 *
 * @param name of the condition, unique within a programme for what it asks
 * @param asks the sentence that has to hold
 * @param facts what it was judged by
 */
record Judgement(Answer answer, String name, String asks, List<Fact> facts) {

    enum Answer {
        YES,
        NO,
        /** It could not be judged. */
        OPEN
    }

    Judgement {
        facts = List.copyOf(facts);
    }

    /** What is known of what it asks for. */
    String because() {
        return facts.stream()
                .filter(fact -> answer != Answer.OPEN || fact instanceof Fact.Unknown)
                .map(Fact::words)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
