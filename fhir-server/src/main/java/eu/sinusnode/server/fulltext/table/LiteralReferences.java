package eu.sinusnode.server.fulltext.table;

import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RelativeReference;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** References as the storage writes them; nothing is looked up. */
final class LiteralReferences implements References {

    @Override
    public Optional<String> canonical(String reference) {
        return RelativeReference.canonical(reference).filter(reference::equals);
    }

    @Override
    public Optional<Resource> find(String canonical) {
        return Optional.empty();
    }
}
