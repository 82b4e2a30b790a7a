package eu.sinusnode.server.fulltext.table;

import eu.sinusnode.policy.narrowing.References;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/** References as the storage writes them; nothing is looked up. */
final class LiteralReferences implements References {

    private static final Pattern LITERAL = Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64}");

    @Override
    public Optional<String> canonical(String reference) {
        return LITERAL.matcher(reference).matches() ? Optional.of(reference) : Optional.empty();
    }

    @Override
    public Optional<Resource> find(String canonical) {
        return Optional.empty();
    }
}
