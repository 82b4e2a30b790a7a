package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** What each sender has brought. */
public final class FakeSentRecords implements SentRecords {

    private record Brought(Sender sender, SentIdentifier identifier) {}

    private final Map<Brought, String> ids = new HashMap<>();

    @Override
    public synchronized Map<SentIdentifier, String> find(Sender sender, Collection<SentIdentifier> identifiers) {
        Map<SentIdentifier, String> found = new HashMap<>();
        ids.forEach((brought, id) -> {
            if (identifiers.contains(brought.identifier())
                    && (sender.recognisesAll() || sender.equals(brought.sender()))) {
                found.put(brought.identifier(), id);
            }
        });
        return found;
    }

    public synchronized void bring(Sender sender, Resource stored) {
        SentIdentifier.of(stored)
                .forEach(identifier -> ids.put(
                        new Brought(sender, identifier), stored.getIdElement().getIdPart()));
    }

    synchronized void clear() {
        ids.clear();
    }
}
