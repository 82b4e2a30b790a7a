package eu.sinusnode.server.measurements;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The one patient whose measurements are asked for. */
final class AskedPatient {

    private AskedPatient() {}

    /**
     * @param names parameters of which one, or all alike, name the patient
     * @param serverBase FHIR base URL
     */
    static String read(GivenParameters given, String serverBase, String... names) {
        List<String> values =
                Stream.of(names).flatMap(name -> given.all(name).stream()).toList();
        Set<String> ids = SearchedPatients.of(
                new SearchRequest("Observation", values.isEmpty() ? Map.of() : Map.of("patient", values)), serverBase);
        if (ids.size() != 1) {
            throw malformed("one patient is to be named, as " + names[0]
                    + "=Patient/[id]; Observations of many patients are found by a search");
        }
        return ids.iterator().next();
    }

    /** @param what is wrong, as a clause */
    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.MEASUREMENTS_REQUEST, what);
    }
}
