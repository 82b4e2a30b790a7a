package eu.sinusnode.server.measurements;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.population.CurrentRecords;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * {@code Observation/$stats} (operation-observation-stats.html): statistics of what was measured of a patient, as far as
 * the caller may have each Observation that states it. Of who may not be seen nothing was measured, as of somebody unknown.
 */
public final class StatsOperation {

    private final StatsReader reader;
    private final PermittedRecords permitted;
    private final Measurements measurements;
    private final CurrentRecords records;
    private final DisclosureGate gate;

    StatsOperation(
            StatsReader reader,
            PermittedRecords permitted,
            Measurements measurements,
            CurrentRecords records,
            DisclosureGate gate) {
        this.reader = reader;
        this.permitted = permitted;
        this.measurements = measurements;
        this.records = records;
        this.gate = gate;
    }

    @Operation(name = "$stats", type = Observation.class, idempotent = true)
    public Parameters compute(@ResourceParam @Nullable Parameters body, RequestDetails request) {
        StatsAsked asked = reader.read(GivenParameters.of(
                request, body, StatsReader.PARAMETERS, false, AskedPatient::malformed, StatsReader::text));
        PermittedRecords.Of ofPatient = permitted.of(asked.patientId(), request);
        List<Series> series =
                measurements.read(ofPatient, asked.patientId(), asked.codes(), asked.period(), Source.ANY);
        Parameters answer = new Parameters();
        for (Series each : series) {
            Observation statistics = StatsAnswer.of(asked, each);
            gate.letComputed(request, statistics);
            answer.addParameter().setName("statistics").setResource(statistics);
        }
        if (asked.sources() != null) {
            sources(ofPatient, series, asked.sources())
                    .forEach(source -> answer.addParameter().setName("source").setResource(source));
        }
        return answer;
    }

    /** The newest ones; one that states several values comes once. */
    private List<Observation> sources(PermittedRecords.Of ofPatient, List<Series> series, int most) {
        List<String> ids = series.stream()
                .flatMap(each -> each.measurements().stream())
                .sorted(Comparator.comparing(Measurement::at).reversed())
                .map(Measurement::observation)
                .distinct()
                .limit(most)
                .toList();
        return records.named(ids).stream()
                .flatMap(record -> ofPatient.permitted(record).stream())
                .toList();
    }
}
