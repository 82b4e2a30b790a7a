package eu.sinusnode.policy.testing;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;

/** Stores every entry of a transaction, in order. A batch gets the empty Bundle that stands for it on its way out. */
public final class MemoryTransactions {

    private final Map<String, MemoryProvider<?>> providers;

    MemoryTransactions(Map<String, MemoryProvider<?>> providers) {
        this.providers = providers;
    }

    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle) {
        if (bundle.getType() == BundleType.BATCH) {
            return new Bundle().setType(BundleType.BATCHRESPONSE);
        }
        Bundle response = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        for (BundleEntryComponent entry : bundle.getEntry()) {
            MemoryProvider<?> provider = providers.get(entry.getResource().fhirType());
            if (provider != null) {
                provider.keep(entry.getResource());
            }
            response.addEntry()
                    .getResponse()
                    .setStatus("201")
                    .setLocation(entry.getRequest().getIfNoneExist());
        }
        return response;
    }
}
