package eu.sinusnode.server.audit.store;

import java.util.Collection;
import java.util.Set;

/** Who was erased. */
@FunctionalInterface
public interface ErasedPersons {

    /** Of a command beside the server, whose events name no person. */
    ErasedPersons NONE = references -> Set.of();

    /** @return those of the references ({@code Patient/…}, {@code RelatedPerson/…}) that stand for somebody who was erased */
    Set<String> among(Collection<String> references);
}
