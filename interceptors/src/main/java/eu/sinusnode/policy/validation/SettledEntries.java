package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.RequestedChange;
import eu.sinusnode.policy.authorization.RequestedWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/**
 * Writes into a transaction what its entries come to, so that the storage sees POST, PUT and DELETE of named records only
 * and does no search and no patch of its own.
 */
final class SettledEntries {

    private SettledEntries() {}

    /** An entry that comes to nothing loses its request; it is answered without the storage. */
    static void write(Bundle bundle, List<RequestedChange> changes, List<RequestedWrite> writes) {
        Map<Integer, RequestedWrite> byEntry = new HashMap<>();
        writes.forEach(write -> byEntry.put(write.entry(), write));
        for (RequestedChange change : changes) {
            BundleEntryComponent entry = bundle.getEntry().get(change.entry());
            RequestedWrite write = byEntry.get(change.entry());
            if (write == null) {
                entry.setRequest(null);
            } else if (change.condition() != null || change.patch() != null || replacesOneVersion(write)) {
                settle(entry, write);
            }
        }
    }

    private static boolean replacesOneVersion(RequestedWrite write) {
        return write.interaction() == Interaction.UPDATE && write.ifMatch() != null;
    }

    private static void settle(BundleEntryComponent entry, RequestedWrite write) {
        BundleEntryRequestComponent settled = new BundleEntryRequestComponent();
        boolean create = write.interaction() == Interaction.CREATE;
        settled.setUrl(create ? write.resourceType() : write.path());
        settled.setMethod(
                switch (write.interaction()) {
                    case CREATE -> HTTPVerb.POST;
                    case DELETE -> HTTPVerb.DELETE;
                    default -> HTTPVerb.PUT;
                });
        if (write.interaction() == Interaction.UPDATE) {
            entry.setResource(write.resource());
            if (write.ifMatch() != null) {
                settled.setIfMatch("W/\"" + write.ifMatch() + "\"");
            }
        }
        entry.setRequest(settled);
    }
}
