package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Sender;
import java.util.Collection;
import java.util.Map;

/** Which records a sender has brought, by their identifiers. */
public interface SentRecords {

    /**
     * @return logical ids of stored records; what nobody, or somebody else, has brought is not there
     */
    Map<SentIdentifier, String> find(Sender sender, Collection<SentIdentifier> identifiers);
}
