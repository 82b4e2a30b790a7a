package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.World;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search is told where rules are about labels. */
class LabelReachTest {

    private static final ConsentRequest CLINIC = new ConsentRequest(Set.of("Organization/clinic"), Purpose.TREAT);

    /** Words of a directive: + permits, - denies; labels with dots between; {@code x} a code. */
    @ParameterizedTest
    @CsvSource({
        "'', none",
        "'+', all",
        "'+ -R', not R V",
        "'+ -V', not V",
        "'+ -N', none",
        "'+ -HIV', not HIV",
        "'+ -HIV -PSY', not HIV PSY",
        "'+ -HIV.R', not HIV",
        "'+ -R.V', not R V",
        "'+V', all",
        "'+R', not V",
        "'+N', not R V",
        "'+N -R', not R V",
        "'+R -HIV', not V; not HIV",
        "'+R -V', not V",
        "'+HIV', HIV",
        "'+HIV -R', none",
        "'+HIV -V', HIV; not V",
        "'+HIV.R', not V; HIV",
        // More of it is found by its rank.
        "'+HIV +N', not R V",
        // What is excepted from a denial of a label is found where a search can ask for it.
        "'+ -R +R', not R V",
        "'+ -HIV +HIV', not HIV",
        "'+ -HIV +HIV.V', not HIV",
        "'+ -R +R.x', not R V",
    })
    void aSearchAsksForLabels(String directives, String expected) {
        String reached = ConsentReach.of(
                        directives.isEmpty()
                                ? List.of()
                                : Arrays.stream(directives.split(" "))
                                        .map(LabelReachTest::directive)
                                        .toList(),
                        CLINIC,
                        "Condition",
                        new ConsentReach.Tells(true, true),
                        World.NOW)
                .map(parts -> parts.isEmpty()
                        ? "all"
                        : parts.stream().map(LabelReachTest::words).collect(Collectors.joining("; ")))
                .orElse("none");
        assertThat(reached).isEqualTo(expected);
    }

    private static Directive directive(String words) {
        List<String> said =
                words.length() == 1 ? List.of() : List.of(words.substring(1).split("\\."));
        Set<Code> labels = said.stream()
                .filter(word -> !word.equals("x"))
                .map(word -> new Code(word.length() == 1 ? Confidentiality.SYSTEM : Sensitivity.SYSTEM, word))
                .collect(Collectors.toSet());
        @Nullable Code code = said.contains("x") ? new Code("urn:codes", "x") : null;
        return new Directive(
                words.startsWith("+") ? Directive.Effect.PERMIT : Directive.Effect.DENY,
                World.ANNA,
                "consent",
                1,
                "provision",
                "Organization/clinic",
                Purpose.TREAT,
                new Target(null, code, labels, null, null),
                Validity.ALWAYS);
    }

    private static String words(Reach.Part part) {
        if (part instanceof Reach.NotOfLabels not) {
            return "not " + codes(not.labels());
        }
        return part instanceof Reach.OfLabels of ? codes(of.labels()) : part.toString();
    }

    private static String codes(Set<Code> labels) {
        return labels.stream().map(Code::code).sorted().collect(Collectors.joining(" "));
    }
}
