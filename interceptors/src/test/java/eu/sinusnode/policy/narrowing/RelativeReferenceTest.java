package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RelativeReferenceTest {

    /** As R4 has it. */
    private static final Pattern FORM =
            Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})(/_history/[A-Za-z0-9\\-.]{1,64})?");

    @Property(tries = 5_000)
    void itIsReadAsTheRegularExpressionReadsIt(@ForAll("texts") String text) {
        Matcher form = FORM.matcher(text);
        assertThat(RelativeReference.canonical(text))
                .isEqualTo(form.matches() ? Optional.of(form.group(1) + "/" + form.group(2)) : Optional.empty());
    }

    /** Pieces of references, right and wrong, in any order. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "Patient",
                        "patient",
                        "P",
                        "Pa",
                        "P4",
                        "Ä",
                        "/",
                        "//",
                        "a",
                        "1.2-Z",
                        "a_b",
                        " ",
                        "/_history/",
                        "/_history",
                        "urn:uuid:",
                        "#",
                        "x".repeat(64),
                        "x".repeat(65),
                        "019ad6a0-8f2e-7c11-9d2e-1f2e3d4c5b6a")
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces));
    }
}
