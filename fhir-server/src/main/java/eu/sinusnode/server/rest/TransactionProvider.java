package eu.sinusnode.server.rest;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.server.batch.Batch;
import java.io.IOException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Meta;

/** The transaction and the batch interaction on the base. */
final class TransactionProvider {

    private final IFhirSystemDao<Bundle, Meta> dao;
    private final Batch batch;

    TransactionProvider(IFhirSystemDao<Bundle, Meta> dao, Batch batch) {
        this.dao = dao;
        this.batch = batch;
    }

    /** The storage never gets a batch: it would work on the entries past the steps. */
    @Transaction
    public Bundle transaction(ServletRequestDetails request, @TransactionParam Bundle bundle) throws IOException {
        return bundle.getType() == BundleType.BATCH ? batch.answer(request, bundle) : dao.transaction(request, bundle);
    }
}
