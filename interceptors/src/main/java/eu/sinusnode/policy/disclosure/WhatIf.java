package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A Consent that is asked about as if it were stored.
 *
 * @param replaces id of the stored Consent whose place it takes; null when it comes beside all of them
 */
public record WhatIf(@Nullable String replaces, List<Directive> directives) {

    /** No stored Consent has such an id. */
    private static final Pattern DRAFT = Pattern.compile("draft-(\\d+)");

    public WhatIf {
        // That nothing is permitted holds without being kept, as of a stored Consent.
        directives = directives.stream()
                .filter(directive -> directive.permits() || !directive.saysNothing())
                .toList();
    }

    /** @param number of the draft among those of the request, from 1 on */
    static Compilation compile(
            ConsentCompiler compiler, Consent draft, int number, Function<String, String> canonical) {
        Consent numbered = draft.copy();
        numbered.setId("draft-" + number);
        return compiler.compile(numbered, 1, canonical);
    }

    /** Which of the request's drafts a directive comes from, from 1 on; empty when it is of a stored Consent. */
    public static Optional<Integer> number(Directive directive) {
        Matcher draft = DRAFT.matcher(directive.consentId());
        return draft.matches() ? Optional.of(Integer.valueOf(draft.group(1))) : Optional.empty();
    }
}
