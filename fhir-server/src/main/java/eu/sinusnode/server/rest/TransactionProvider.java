package eu.sinusnode.server.rest;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;

/** The transaction interaction on the base. */
final class TransactionProvider {

    private final IFhirSystemDao<Bundle, Meta> dao;

    TransactionProvider(IFhirSystemDao<Bundle, Meta> dao) {
        this.dao = dao;
    }

    @Transaction
    public Bundle transaction(RequestDetails request, @TransactionParam Bundle bundle) {
        return dao.transaction(request, bundle);
    }
}
