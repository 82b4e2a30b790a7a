package eu.sinusnode.server.population;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.narrowing.DecidedSearch;
import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.policy.narrowing.WideSearch;

/** Answers searches whose records are decided one by one: from the readings what they can tell, else from the storage. */
public final class Populations {

    private final PopulationVitals vitals;
    private final WideRecords records;

    public Populations(PopulationVitals vitals, WideRecords records) {
        this.vitals = vitals;
        this.records = records;
    }

    public IBundleProvider answer(DecidedSearch search, RequestDetails request) {
        return search instanceof PopulationSearch ofReadings
                ? vitals.answer(ofReadings, request)
                : records.answer((WideSearch) search, request);
    }
}
