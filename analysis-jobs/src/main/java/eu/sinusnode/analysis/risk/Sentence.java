package eu.sinusnode.analysis.risk;

/** One sentence, or a few, in both languages. */
public record Sentence(String english, String german) {}
