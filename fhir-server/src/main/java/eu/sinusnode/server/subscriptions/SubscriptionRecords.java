package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** The storage's records, and Subscriptions out of their own store, each with its owner. */
public final class SubscriptionRecords implements StoredRecords {

    private static final String TYPE = "Subscription";
    private static final String PREFIX = TYPE + "/";

    private final StoredRecords storage;
    private final SubscriptionTable subscriptions;
    private final FhirContext context;

    public SubscriptionRecords(StoredRecords storage, SubscriptionTable subscriptions, FhirContext context) {
        this.storage = storage;
        this.subscriptions = subscriptions;
        this.context = context;
    }

    @Override
    public Optional<Resource> current(String resourceType, String id) {
        return resourceType.equals(TYPE)
                ? ResourceIds.parse(id).flatMap(subscriptions::find).map(found -> found.resource(context))
                : storage.current(resourceType, id);
    }

    @Override
    public Optional<Resource> beforeDeletion(String resourceType, String id) {
        return resourceType.equals(TYPE) ? Optional.empty() : storage.beforeDeletion(resourceType, id);
    }

    @Override
    public Map<String, Resource> currentOf(Collection<String> paths) {
        List<String> own =
                paths.stream().filter(path -> path.startsWith(PREFIX)).toList();
        if (own.isEmpty()) {
            return storage.currentOf(paths);
        }
        Map<String, Resource> found = new HashMap<>(storage.currentOf(
                paths.stream().filter(path -> !path.startsWith(PREFIX)).toList()));
        own.forEach(path -> current(TYPE, path.substring(PREFIX.length())).ifPresent(each -> found.put(path, each)));
        return found;
    }
}
