package eu.sinusnode.policy.narrowing.words;

import java.util.List;

/** What a text must hold. */
public sealed interface WordQuery {

    /** The word in any of its forms; one that is written in parts ({@code COVID-19}) means these in this order. */
    record Word(String letters) implements WordQuery {}

    /** The words side by side, in this order. */
    record Phrase(String words) implements WordQuery {}

    /** A word that begins so. */
    record Prefix(String letters) implements WordQuery {}

    record All(List<WordQuery> parts) implements WordQuery {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<WordQuery> parts) implements WordQuery {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(WordQuery part) implements WordQuery {}

    /** Whether it asks for something to be there, and not only for something to be absent. */
    default boolean asksForSomething() {
        if (this instanceof All all) {
            return all.parts().stream().anyMatch(WordQuery::asksForSomething);
        }
        if (this instanceof Any any) {
            return any.parts().stream().allMatch(WordQuery::asksForSomething);
        }
        return !(this instanceof Not);
    }
}
