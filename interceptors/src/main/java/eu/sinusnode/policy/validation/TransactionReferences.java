package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.References;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** References as they will be once a request is stored: first its own records, then what is stored already. */
final class TransactionReferences implements References {

    private final References stored;
    private final Map<String, Resource> written = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    TransactionReferences(List<RequestedWrite> writes, References stored) {
        this.stored = stored;
        for (RequestedWrite write : writes) {
            if (write.id() != null) {
                written.put(write.path(), write.resource());
            }
            if (write.placeholder() != null) {
                written.put(write.placeholder(), write.resource());
                if (write.id() != null) {
                    paths.put(write.placeholder(), write.path());
                }
            }
        }
    }

    @Override
    public Optional<String> canonical(String reference) {
        if (reference.startsWith("urn:")) {
            return written.containsKey(reference)
                    ? Optional.of(paths.getOrDefault(reference, reference))
                    : Optional.empty();
        }
        return stored.canonical(reference);
    }

    @Override
    public Optional<Resource> find(String canonical) {
        Resource own = written.get(canonical);
        return own == null ? stored.find(canonical) : Optional.of(own);
    }

    @Override
    public boolean isBrought(String canonical) {
        return written.containsKey(canonical);
    }
}
