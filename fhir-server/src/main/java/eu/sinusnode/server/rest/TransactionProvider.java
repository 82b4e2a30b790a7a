package eu.sinusnode.server.rest;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.server.batch.Batch;
import eu.sinusnode.server.vitals.VitalTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Meta;

/** The transaction and the batch interaction on the base (http.html#transaction). */
final class TransactionProvider {

    private static final String NOTHING_TO_DELETE = "204 No Content";

    private final IFhirSystemDao<Bundle, Meta> dao;
    private final VitalTransaction vitals;
    private final Batch batch;

    TransactionProvider(IFhirSystemDao<Bundle, Meta> dao, VitalTransaction vitals, Batch batch) {
        this.dao = dao;
        this.vitals = vitals;
        this.batch = batch;
    }

    /** The storage never gets a batch: it would work on the entries past the steps. */
    @Transaction
    public Bundle transaction(ServletRequestDetails request, @TransactionParam Bundle bundle) throws IOException {
        return bundle.getType() == BundleType.BATCH ? batch.answer(request, bundle) : store(request, bundle);
    }

    /** Entries that have no request any more come to nothing: what they were to delete is not there. */
    private Bundle store(RequestDetails request, Bundle bundle) {
        List<BundleEntryComponent> stored = bundle.getEntry().stream()
                .filter(BundleEntryComponent::hasRequest)
                .toList();
        if (stored.size() == bundle.getEntry().size()) {
            return write(request, bundle);
        }
        Bundle answer = stored.isEmpty()
                ? new Bundle().setType(BundleType.TRANSACTIONRESPONSE)
                : write(request, new Bundle().setType(BundleType.TRANSACTION).setEntry(new ArrayList<>(stored)));
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            if (!bundle.getEntry().get(i).hasRequest()) {
                BundleEntryComponent nothing = new BundleEntryComponent();
                nothing.getResponse().setStatus(NOTHING_TO_DELETE);
                answer.getEntry().add(i, nothing);
            }
        }
        return answer;
    }

    private Bundle write(RequestDetails request, Bundle bundle) {
        return vitals.store(request, bundle).orElseGet(() -> dao.transaction(request, bundle));
    }
}
