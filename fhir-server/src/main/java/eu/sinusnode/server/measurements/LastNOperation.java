package eu.sinusnode.server.measurements;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * {@code Observation/$lastn} (operation-observation-lastn.html): a patient's newest Observations of each code, as a search
 * would give them. Of who may not be seen nothing is found, as of somebody unknown.
 */
public final class LastNOperation {

    private static final int MOST_IN_ALL = 1_000;

    private final NewestReader reader;
    private final PermittedRecords permitted;
    private final Newest newest;

    LastNOperation(NewestReader reader, PermittedRecords permitted, Newest newest) {
        this.reader = reader;
        this.permitted = permitted;
        this.newest = newest;
    }

    @Operation(name = "$lastn", type = Observation.class, idempotent = true)
    public Bundle read(@ResourceParam @Nullable Parameters body, RequestDetails request) {
        NewestAsked asked =
                reader.read(GivenParameters.of(request, body, NewestReader.PARAMETERS, false, AskedPatient::malformed));
        PermittedRecords.Of ofPatient = permitted.of(asked.patientId(), request);
        List<Observation> found = ofPatient.isNothing()
                ? List.of()
                : ResourceIds.parse(asked.patientId())
                        .map(id -> newest.find(ofPatient, id, asked))
                        .orElse(List.of());
        if (found.size() > MOST_IN_ALL) {
            throw AskedPatient.malformed(
                    "more than " + MOST_IN_ALL + " Observations would be given; ask for fewer codes, or a smaller max");
        }
        Bundle answer = new Bundle().setType(BundleType.SEARCHSET).setTotal(found.size());
        found.forEach(observation -> answer.addEntry()
                .setFullUrl(request.getFhirServerBase() + "/Observation/"
                        + observation.getIdElement().getIdPart())
                .setResource(observation)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        answer.addLink().setRelation("self").setUrl(request.getCompleteUrl());
        return answer;
    }
}
