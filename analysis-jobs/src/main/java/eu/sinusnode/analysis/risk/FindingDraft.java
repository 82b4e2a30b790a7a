package eu.sinusnode.analysis.risk;

import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Puts a {@link Finding} of a guideline rule together. Its value is a risk probability. */
final class FindingDraft {

    private final String value;
    private final String display;
    private final String interpretation;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> telling = new ArrayList<>();
    private final TreeSet<String> inputs = new TreeSet<>();

    private FindingDraft(String value, String display, String interpretation) {
        this.value = value;
        this.display = display;
        this.interpretation = interpretation;
    }

    static FindingDraft moderate() {
        return new FindingDraft("moderate", "Moderate likelihood", "A");
    }

    static FindingDraft high() {
        return new FindingDraft("high", "High likelihood", "AA");
    }

    FindingDraft figure(Figure figure) {
        figures.add(figure);
        return this;
    }

    FindingDraft reason(String sentence) {
        reasons.add(sentence);
        return this;
    }

    FindingDraft missing(Collection<String> sentences) {
        missing.addAll(sentences);
        return this;
    }

    /** Versions of the Observations that show it best; they are inputs too. */
    FindingDraft telling(Collection<String> references) {
        references.stream().filter(reference -> !telling.contains(reference)).forEach(telling::add);
        inputs.addAll(references);
        return this;
    }

    FindingDraft inputs(Collection<String> references) {
        inputs.addAll(references);
        return this;
    }

    Finding of(OffsetDateTime start, OffsetDateTime end, String decision, Duration decideWithin, Words words) {
        return new Finding(
                Codes.RISK_PROBABILITY,
                value,
                display,
                interpretation,
                start,
                end,
                List.copyOf(figures),
                List.copyOf(reasons),
                List.copyOf(missing),
                decision,
                decideWithin,
                List.copyOf(telling),
                inputs,
                words);
    }
}
